-- group_by=age_group,care_year,care_month,care_quarter&measures=not_covered,reimbursement_rate,quantity,reimbursement_base&care_month=2023-12,2024-03,2023-11&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.age_group AS g0, b.care_year AS g1, b.care_month AS g2, b.care_quarter AS g3, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT CASE WHEN s.age_band = '0' THEN '0_19' WHEN s.age_band IN ('20','30') THEN '20_39' WHEN s.age_band IN ('40','50') THEN '40_59' WHEN s.age_band IN ('60','70','80') THEN '60_plus' WHEN s.age_band IN ('ND','NR') THEN s.age_band ELSE 'unknown' END AS age_group, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-08-09-10-11-12-01-02-03-04-05-06-07-08-09-10-11-12', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, s.all_quantity AS all_quantity, s.care_charged AS care_charged, s.care_reimbursed_all AS care_reimbursed_all, s.care_reimbursed AS care_reimbursed, s.all_reimbursement_base AS all_reimbursement_base FROM (SELECT s.month, s.age_band, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END) AS bigint) AS care_charged, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END) AS bigint) AS care_reimbursed_all, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END) AS bigint) AS care_reimbursed, CAST(sum(s.reimbursement_base) AS bigint) AS all_reimbursement_base FROM (SELECT s.* FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) s WHERE (s.month IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)) GROUP BY s.month, s.age_band, s.care_lag) s) b WHERE b.care_month IN ($1, $2, $3) GROUP BY b.age_group, b.care_year, b.care_month, b.care_quarter
),
shown AS (
  SELECT g0, g1, g2, g3, all_quantity, care_charged, care_reimbursed_all, care_reimbursed, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $20 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3 OFFSET $21 LIMIT $22),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3) AS line, g0, g1, g2, g3, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 2023-11
-- $2 String 2023-12
-- $3 String 2024-03
-- $4 String 2023-11
-- $5 String 2023-12
-- $6 String 2024-01
-- $7 String 2024-02
-- $8 String 2024-03
-- $9 String 2024-04
-- $10 String 2024-05
-- $11 String 2024-06
-- $12 String 2024-07
-- $13 String 2024-08
-- $14 String 2024-09
-- $15 String 2024-10
-- $16 String 2024-11
-- $17 String 2024-12
-- $18 String 2025-01
-- $19 String 2025-02
-- $20 Long 10
-- $21 Long 0
-- $22 Long 100
