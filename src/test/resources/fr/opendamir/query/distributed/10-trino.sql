-- group_by=service&measures=reimbursement_rate,reimbursed,quantity,not_covered&totals=grand&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.reimbursed AS all_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b GROUP BY GROUPING SETS ((b.service), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, all_quantity, care_reimbursed, care_charged, all_reimbursed, care_reimbursed_all, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0) AS position, shown.* FROM shown WHERE NOT (g0 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0
  WHERE (g0 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 20
-- $2 Long 120
-- $3 Long 10
