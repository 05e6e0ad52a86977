-- group_by=age_band,exemption,complementary_cover&measures=excess_rate,reimbursed,reimbursement_base&region=!11,44&facility_type=!1&sort=excess_rate&totals=none&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.age_band AS g0, b.exemption AS g1, b.complementary_cover AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.age_band AS age_band, s.exemption AS exemption, s.complementary_cover AS complementary_cover, s.region AS region, s.facility_type AS facility_type, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.reimbursed AS all_reimbursed, s.reimbursement_base AS all_reimbursement_base FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b WHERE b.region NOT IN ($1, $2) AND b.facility_type NOT IN ($3) GROUP BY b.age_band, b.exemption, b.complementary_cover
),
shown AS (
  SELECT g0, g1, g2, all_quantity, care_excess_fees, care_charged, all_reimbursed, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END NULLS LAST, length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $5 LIMIT $6),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END NULLS LAST, length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS excess_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 11
-- $2 String 44
-- $3 String 1
-- $4 Long 10
-- $5 Long 20
-- $6 Long 100
