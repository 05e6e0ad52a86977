-- group_by=region,month&month=2024-01..2024-02&measures=charged&compare=previous_year&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.month AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.then_all_quantity), 0) AS bigint) AS then_all_quantity, CAST(coalesce(sum(b.then_all_charged), 0) AS bigint) AS then_all_charged
  FROM (SELECT s.region AS region, s.month AS month, s.all_quantity AS all_quantity, s.all_charged AS all_charged, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_all_charged FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY ROLLUP (b.region, b.month) HAVING count(*) > 0
),
sides AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed, then_all_quantity, then_all_charged, abs(then_all_quantity) BETWEEN 1 AND $5 AS then_suppressed, coalesce(g1, '_T') IN ('2024-01', '2024-02', '_T') AS then_missing FROM cells
),
shown AS (SELECT sides.*, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN then_suppressed OR then_missing THEN NULL ELSE then_all_charged END AS charged_compared FROM sides),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN then_missing THEN 'NOT_PUBLISHED' WHEN then_suppressed THEN 'SUPPRESSED' ELSE 'OK' END AS compared_status, charged AS charged, charged_compared AS charged_compared, (charged - charged_compared) AS charged_change, CASE WHEN charged_compared > 0 THEN div(2000000 * CAST((charged - charged_compared) AS numeric(38,0)) + CASE WHEN (charged - charged_compared) < 0 THEN -abs(charged_compared) ELSE abs(charged_compared) END, 2 * nullif(charged_compared, 0)) END AS charged_change_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 2
-- $4 Long[11, 12, 13]
-- $5 Long 10
-- $6 Long[11, 12, 13]
