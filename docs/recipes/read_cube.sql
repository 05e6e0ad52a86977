-- Reads the cube of a release with DuckDB: its sums by month, region, age band, sex and service group.
--
--   curl -O https://HOST/v1/releases/latest/files/datapackage.json, and the files whose kind is cube, into one folder
--   duckdb -c "SET VARIABLE folder = 'FOLDER/'" -f read_cube.sql
--
-- With the extension httpfs the expression duckdb.cube of the list reads the cube where it is, without a download.
-- Amounts are in cents. A sum whose quantity is between 1 and 10 is not to be shown (docs/files.md).

SET VARIABLE cube = (
  SELECT list(getvariable('folder') || resource.path)
  FROM (SELECT unnest(resources) AS resource FROM read_json(getvariable('folder') || 'datapackage.json'))
  WHERE resource.kind = 'cube'
);

CREATE OR REPLACE VIEW cube AS FROM read_parquet(getvariable('cube'));

SELECT 'charged' AS answer, month AS key, sum(charged)::BIGINT AS value FROM cube GROUP BY month
UNION ALL
SELECT 'reimbursed', region, sum(reimbursed)::BIGINT FROM cube GROUP BY region
UNION ALL
SELECT 'quantity', sex, sum(quantity)::BIGINT FROM cube GROUP BY sex
ORDER BY answer, key;
