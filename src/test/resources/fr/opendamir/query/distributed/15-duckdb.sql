-- group_by=year,quarter,complementary_cover&measures=reimbursed,not_covered,reimbursed_all,excess_fees&region=44&service=1103,1112&having=reimbursed:gt:0.5&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.year AS g0, b.quarter AS g1, b.complementary_cover AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.all_reimbursed_all), 0) AS bigint) AS all_reimbursed_all, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees
  FROM (SELECT map_extract_value(MAP {'2024-01': '2024', '2024-02': '2024', '2024-03': '2024', '2024-04': '2024', '2024-05': '2024', '2024-06': '2024', '2024-07': '2024', '2024-08': '2024', '2024-09': '2024', '2024-10': '2024', '2024-11': '2024', '2024-12': '2024'}, s.month) AS year, map_extract_value(MAP {'2024-01': '2024-Q1', '2024-02': '2024-Q1', '2024-03': '2024-Q1', '2024-04': '2024-Q2', '2024-05': '2024-Q2', '2024-06': '2024-Q2', '2024-07': '2024-Q3', '2024-08': '2024-Q3', '2024-09': '2024-Q3', '2024-10': '2024-Q4', '2024-11': '2024-Q4', '2024-12': '2024-Q4'}, s.month) AS quarter, s.complementary_cover AS complementary_cover, s.region AS region, s.service AS service, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, s.reimbursed_all AS all_reimbursed_all, s.excess_fees AS all_excess_fees FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.region IN ($1) AND list_position([$2, $3], b.service) IS NOT NULL GROUP BY b.year, b.quarter, b.complementary_cover
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, care_charged, care_reimbursed_all, all_reimbursed_all, all_excess_fees, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_reimbursed END > CAST($5 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $6 LIMIT $7),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE all_reimbursed_all END AS reimbursed_all, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 44
-- $2 String 1103
-- $3 String 1112
-- $4 Long 10
-- $5 BigDecimal 50
-- $6 Long 0
-- $7 Long 100
