-- group_by=month,care_year&measures=reimbursed,reimbursement_base,average_reimbursed&sort=reimbursed&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, b.care_year AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.month AS month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed, s.all_reimbursement_base AS all_reimbursement_base FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(s.reimbursed) AS bigint) AS all_reimbursed, CAST(sum(s.reimbursement_base) AS bigint) AS all_reimbursement_base FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) GROUP BY s.month, s.care_lag) s) b GROUP BY GROUPING SETS ((b.month, b.care_year), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_reimbursed, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_reimbursed END NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_reimbursed END NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
