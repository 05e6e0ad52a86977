-- group_by=care_lag,complementary_cover,service_kind,region&measures=reimbursed_all,excess_fees,average_charge,average_reimbursed&service_group=dental,nursing&age_band=60&totals=none&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_lag AS g0, b.complementary_cover AS g1, b.service_kind AS g2, b.region AS g3, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed_all), 0) AS bigint) AS all_reimbursed_all, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.care_lag AS care_lag, s.complementary_cover AS complementary_cover, s.service_kind AS service_kind, s.region AS region, s.age_band AS age_band, s.service_group AS service_group, s.quantity AS all_quantity, s.reimbursed_all AS all_reimbursed_all, s.excess_fees AS all_excess_fees, s.charged AS all_charged, s.reimbursed AS all_reimbursed FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.age_band IN ($1) AND list_position([$2, $3], b.service_group) IS NOT NULL GROUP BY b.care_lag, b.complementary_cover, b.service_kind, b.region
),
shown AS (
  SELECT g0, g1, g2, g3, all_quantity, all_reimbursed_all, all_excess_fees, all_charged, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3 OFFSET $5 LIMIT $6),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3) AS line, g0, g1, g2, g3, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed_all END AS reimbursed_all, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 60
-- $2 String dental
-- $3 String nursing
-- $4 Long 10
-- $5 Long 20
-- $6 Long 100
