-- group_by=
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT -s.all_quantity AS all_quantity, -s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $5 AND s.import_id = ANY ($6) UNION ALL SELECT -s.all_quantity AS all_quantity, -s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $7 AND s.import_id = ANY ($8)) b HAVING CAST(coalesce(sum(b.all_quantity), 0) AS bigint) <> 0 OR CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) <> 0
),
shown AS (
  SELECT all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $9 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept  OFFSET $10 LIMIT $11),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($12)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 1
-- $2 Long[12]
-- $3 Integer 1
-- $4 Long[10]
-- $5 Integer 2
-- $6 Long[11]
-- $7 Integer 2
-- $8 Long[13]
-- $9 Long 10
-- $10 Long 0
-- $11 Long 100
-- $12 Long[10, 12, 11, 13]
