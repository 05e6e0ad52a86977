-- group_by=month&region=11,24&sex=!9&service=1111
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.month AS month, s.region AS region, s.sex AS sex, s.service AS service, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b WHERE list_position([$1, $2], b.region) IS NOT NULL AND b.sex NOT IN ($3) AND b.service IN ($4) GROUP BY b.month
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $6 LIMIT $7),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 11
-- $2 String 24
-- $3 String 9
-- $4 String 1111
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
