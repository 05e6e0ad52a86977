-- group_by=&measures=excess_fees&having=excess_fees:ne:0&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees
  FROM (SELECT s.quantity AS all_quantity, s.excess_fees AS all_excess_fees FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, all_excess_fees, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_excess_fees END <> CAST($2 AS decimal(38,6))),
page AS (SELECT * FROM kept  OFFSET $3 LIMIT $4),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 0
-- $3 Long 0
-- $4 Long 100
