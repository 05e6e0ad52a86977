-- group_by=&measures=charged,not_covered,excess_rate&region=!75&service_group=consultations&totals=rollup&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees
  FROM (SELECT s.region AS region, s.service_group AS service_group, s.quantity AS all_quantity, s.charged AS all_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b WHERE b.region NOT IN ($1) AND b.service_group IN ($2) HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, all_charged, care_charged, care_reimbursed_all, care_excess_fees, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept  OFFSET $4 LIMIT $5),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_excess_fees AS decimal(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS excess_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 75
-- $2 String consultations
-- $3 Long 10
-- $4 Long 20
-- $5 Long 100
