-- group_by=region,service&measures=reimbursement_rate,reimbursed,not_covered,average_reimbursed&totals=none&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.service AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all
  FROM (SELECT s.region AS region, s.service AS service, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.reimbursed AS all_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b GROUP BY b.region, b.service
),
shown AS (
  SELECT g0, g1, all_quantity, care_reimbursed, care_charged, all_reimbursed, care_reimbursed_all, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed OR g1 = 'ND' OR g1 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 20
-- $3 Long 100
