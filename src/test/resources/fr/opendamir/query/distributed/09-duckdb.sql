-- group_by=facility_type,complementary_cover&measures=reimbursement_base,average_reimbursed,excess_fees&facility_type=1,4,99&region=44,11,75&having=reimbursement_base:gt:0.5&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.facility_type AS g0, b.complementary_cover AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees
  FROM (SELECT s.facility_type AS facility_type, s.complementary_cover AS complementary_cover, s.region AS region, s.quantity AS all_quantity, s.reimbursement_base AS all_reimbursement_base, s.reimbursed AS all_reimbursed, s.excess_fees AS all_excess_fees FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE list_position([$1, $2, $3], b.region) IS NOT NULL AND list_position([$4, $5, $6], b.facility_type) IS NOT NULL GROUP BY b.facility_type, b.complementary_cover
),
shown AS (
  SELECT g0, g1, all_quantity, all_reimbursement_base, all_reimbursed, all_excess_fees, abs(all_quantity) BETWEEN 1 AND $7 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END > CAST($8 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $9 LIMIT $10),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 11
-- $2 String 44
-- $3 String 75
-- $4 String 1
-- $5 String 4
-- $6 String 99
-- $7 Long 10
-- $8 BigDecimal 50
-- $9 Long 0
-- $10 Long 100
