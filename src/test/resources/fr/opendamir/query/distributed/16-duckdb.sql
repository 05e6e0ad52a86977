-- group_by=&measures=quantity,excess_fees,out_of_pocket,average_reimbursed&facility_type=4&region=44,84&having=quantity:ne:0&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.facility_type AS facility_type, s.quantity AS all_quantity, s.excess_fees AS all_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, s.reimbursed AS all_reimbursed FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE list_position([$1, $2], b.region) IS NOT NULL AND b.facility_type IN ($3) HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, all_excess_fees, care_charged, care_reimbursed, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_quantity END <> CAST($5 AS decimal(38,6))),
page AS (SELECT * FROM kept  OFFSET $6 LIMIT $7),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 44
-- $2 String 84
-- $3 String 4
-- $4 Long 10
-- $5 BigDecimal 0
-- $6 Long 0
-- $7 Long 100
