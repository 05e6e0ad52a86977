-- group_by=region,provider_activity,service&measures=reimbursement_rate,average_charge,out_of_pocket,excess_rate&having=reimbursement_rate:ne:0&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.provider_activity AS g1, b.service AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees
  FROM (SELECT s.region AS region, s.provider_activity AS provider_activity, s.service AS service, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.charged AS all_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b GROUP BY b.region, b.provider_activity, b.service
),
shown AS (
  SELECT g0, g1, g2, all_quantity, care_reimbursed, care_charged, all_charged, care_excess_fees, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END <> CAST($2 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $3 LIMIT $4),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS reimbursement_rate, CASE WHEN suppressed OR g2 = 'ND' OR g2 LIKE 'G:%' THEN NULL ELSE ((2 * CAST(all_charged AS decimal(38,0)) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_charged AS decimal(38,0)) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS excess_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 0
-- $3 Long 0
-- $4 Long 100
