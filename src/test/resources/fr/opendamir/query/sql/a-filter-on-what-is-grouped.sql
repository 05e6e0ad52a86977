-- group_by=region&region=!ND,NR
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b WHERE b.region NOT IN ($1, $2) GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String ND
-- $2 String NR
-- $3 Integer 2
-- $4 Long[10, 11, 12, 13]
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
-- $8 Long[10, 11, 12, 13]
