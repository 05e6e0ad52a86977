-- group_by=service_kind
-- name: a page of an answer
WITH cells AS (
  SELECT b.service_kind AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.service_kind AS service_kind, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service_kind
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
