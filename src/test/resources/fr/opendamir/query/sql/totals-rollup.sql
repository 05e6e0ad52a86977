-- group_by=region,sex,month&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.sex AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.sex AS sex, s.month AS month, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY ROLLUP (b.region, b.sex, b.month) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, coalesce(g2, '_T') AS g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T' OR g2 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(g2, '_T') AS f2, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1, g2)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1 AND g2 = f2
  WHERE (g0 = '_T' OR g1 = '_T' OR g2 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
