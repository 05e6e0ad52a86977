-- group_by=region,month&fill=null&totals=rollup&sort=-reimbursed&limit=10
-- name: a page of an answer
WITH found AS (
  SELECT b.region AS g0, b.month AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.month AS month, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY ROLLUP (b.region, b.month) HAVING count(*) > 0
),
cells AS (
  SELECT g0, g1, CAST(sum(all_quantity) AS bigint) AS all_quantity, CAST(sum(all_reimbursed) AS bigint) AS all_reimbursed, max(occurs) = 0 AS is_empty
  FROM (
    SELECT g0, g1, all_quantity, all_reimbursed, 1 AS occurs FROM found
    UNION ALL
    SELECT g0, g1, CAST(0 AS bigint), CAST(0 AS bigint), 0
    FROM (SELECT DISTINCT g0 FROM found WHERE g1 IS NOT NULL) cell_groups
    CROSS JOIN (VALUES ('2023-12'), ('2024-01'), ('2024-02')) all_periods(g1)
  ) found_and_empty
  GROUP BY g0, g1
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed, is_empty FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed OR is_empty THEN NULL ELSE all_reimbursed END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed OR is_empty THEN NULL ELSE all_reimbursed END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, is_empty, CASE WHEN suppressed OR is_empty THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 10
-- $3 Integer 2
-- $4 Long[10, 11, 12, 13]
-- $5 Long 10
-- $6 Long[10, 11, 12, 13]
