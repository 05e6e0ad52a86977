-- group_by=supplement,exemption,year&measures=average_reimbursed,out_of_pocket,excess_fees&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.supplement AS g0, b.exemption AS g1, b.year AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees
  FROM (SELECT s.supplement AS supplement, s.exemption AS exemption, element_at(map(ARRAY['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07', '2024-08', '2024-09', '2024-10', '2024-11', '2024-12'], ARRAY['2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024', '2024']), s.month) AS year, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, s.excess_fees AS all_excess_fees FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b GROUP BY b.supplement, b.exemption, b.year
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, care_charged, care_reimbursed, all_excess_fees, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_reimbursed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
