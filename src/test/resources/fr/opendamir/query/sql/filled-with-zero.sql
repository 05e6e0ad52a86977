-- group_by=month,region&fill=zero
-- name: a page of an answer
WITH found AS (
  SELECT b.month AS g0, b.region AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.month AS month, s.region AS region, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.month, b.region
),
cells AS (
  SELECT g0, g1, CAST(sum(all_quantity) AS bigint) AS all_quantity, CAST(sum(all_reimbursed) AS bigint) AS all_reimbursed, max(occurs) = 0 AS is_empty
  FROM (
    SELECT g0, g1, all_quantity, all_reimbursed, 1 AS occurs FROM found
    UNION ALL
    SELECT g0, g1, CAST(0 AS bigint), CAST(0 AS bigint), 0
    FROM (SELECT DISTINCT g1 FROM found WHERE g0 IS NOT NULL) cell_groups
    CROSS JOIN (VALUES ('2023-12'), ('2024-01'), ('2024-02')) all_periods(g0)
  ) found_and_empty
  GROUP BY g0, g1
),
shown AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed, is_empty FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $4 LIMIT $5),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, is_empty, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 Long 0
-- $5 Long 100
-- $6 Long[10, 11, 12, 13]
