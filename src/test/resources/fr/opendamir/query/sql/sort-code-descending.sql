-- group_by=region,sex&sort=-sex
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.sex AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.sex AS sex, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.region, b.sex
),
shown AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g1) DESC, g1 DESC, length(g0), g0, length(g1), g1 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g1) DESC, g1 DESC, length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
