-- group_by=provider_activity,complementary_cover&measures=average_charge,reimbursement_base&totals=none&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.provider_activity AS g0, b.complementary_cover AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.provider_activity AS provider_activity, s.complementary_cover AS complementary_cover, s.quantity AS all_quantity, s.charged AS all_charged, s.reimbursement_base AS all_reimbursement_base FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b GROUP BY b.provider_activity, b.complementary_cover
),
shown AS (
  SELECT g0, g1, all_quantity, all_charged, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 20
-- $3 Long 100
