-- group_by=&measures=excess_rate,not_covered,reimbursement_base,average_charge&having=excess_rate:gt:0.5&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, s.reimbursement_base AS all_reimbursement_base, s.charged AS all_charged FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, care_excess_fees, care_charged, care_reimbursed_all, all_reimbursement_base, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END > CAST($2 AS decimal(38,6))),
page AS (SELECT * FROM kept  OFFSET $3 LIMIT $4),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS excess_rate, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 500000
-- $3 Long 0
-- $4 Long 100
