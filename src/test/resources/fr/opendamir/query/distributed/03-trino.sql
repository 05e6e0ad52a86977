-- group_by=age_band,year&measures=average_reimbursed,reimbursement_base,average_charge&having=average_reimbursed:ne:0&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.age_band AS g0, b.year AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.age_band AS age_band, element_at(map(ARRAY['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09', '2024-10', '2024-11', '2024-12'], ARRAY['2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024']), s.month) AS year, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, s.reimbursement_base AS all_reimbursement_base, s.charged AS all_charged FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b GROUP BY ROLLUP (b.age_band, b.year) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_reimbursed, all_reimbursement_base, all_charged, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T') AND CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END <> CAST($4 AS decimal(38,6))),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_reimbursed, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_charged AS decimal(38,0)) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_charged AS decimal(38,0)) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_charge FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
-- $4 BigDecimal 0
