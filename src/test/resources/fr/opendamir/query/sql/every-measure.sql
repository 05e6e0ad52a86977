-- group_by=service&measures=quantity,charged,reimbursed,excess_fees,reimbursement_base,reimbursed_all,out_of_pocket,not_covered,reimbursement_rate,excess_rate,average_charge,average_reimbursed
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base, CAST(coalesce(sum(b.all_reimbursed_all), 0) AS bigint) AS all_reimbursed_all, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged, s.reimbursed AS all_reimbursed, s.excess_fees AS all_excess_fees, s.reimbursement_base AS all_reimbursement_base, s.reimbursed_all AS all_reimbursed_all, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service
),
shown AS (
  SELECT g0, all_quantity, all_charged, all_reimbursed, all_excess_fees, all_reimbursement_base, all_reimbursed_all, care_charged, care_reimbursed, care_reimbursed_all, care_excess_fees, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE all_reimbursed_all END AS reimbursed_all, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS excess_rate, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
