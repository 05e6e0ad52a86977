-- group_by=year,quarter,month
-- name: a page of an answer
WITH cells AS (
  SELECT b.year AS g0, b.quarter AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT (CAST('{"2023-12":"2023","2024-01":"2024"}' AS jsonb) ->> (s.month)) AS year, (CAST('{"2023-12":"2023-Q4","2024-01":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.month AS month, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT (CAST('{"2024-01":"2024","2024-02":"2024"}' AS jsonb) ->> (s.month)) AS year, (CAST('{"2024-01":"2024-Q1","2024-02":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.month AS month, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY b.year, b.quarter, b.month
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 1
-- $2 Long[10, 12]
-- $3 Integer 2
-- $4 Long[11, 13]
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
-- $8 Long[10, 12, 11, 13]
