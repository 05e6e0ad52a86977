-- group_by=region,care_year,month&measures=quantity,not_covered,charged,reimbursement_base&age_group=60_plus&care_quarter=2023-Q4,2024-Q1&having=quantity:ne:0&sort=-quantity&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.care_year AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.region AS region, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.month AS month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, CASE WHEN s.age_band = '0' THEN '0_19' WHEN s.age_band IN ('20','30') THEN '20_39' WHEN s.age_band IN ('40','50') THEN '40_59' WHEN s.age_band IN ('60','70','80') THEN '60_plus' WHEN s.age_band IN ('ND','NR') THEN s.age_band ELSE 'unknown' END AS age_group, s.all_quantity AS all_quantity, s.care_charged AS care_charged, s.care_reimbursed_all AS care_reimbursed_all, s.all_charged AS all_charged, s.all_reimbursement_base AS all_reimbursement_base FROM (SELECT s.month, s.region, s.care_lag, s.age_band, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END) AS bigint) AS care_charged, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END) AS bigint) AS care_reimbursed_all, CAST(sum(s.charged) AS bigint) AS all_charged, CAST(sum(s.reimbursement_base) AS bigint) AS all_reimbursement_base FROM (SELECT s.* FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) s WHERE (s.month IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)) GROUP BY s.month, s.region, s.care_lag, s.age_band) s) b WHERE b.care_quarter IN ($3, $4) AND b.age_group IN ($5) GROUP BY ROLLUP (b.region, b.care_year, b.month) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, coalesce(g2, '_T') AS g2, all_quantity, care_charged, care_reimbursed_all, all_charged, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $23 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_quantity END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T' OR g2 = '_T') AND CASE WHEN suppressed THEN NULL ELSE all_quantity END <> CAST($24 AS decimal(38,6))),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(g2, '_T') AS f2, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1, g2)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1 AND g2 = f2
  WHERE (g0 = '_T' OR g1 = '_T' OR g2 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_quantity END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String 2023-Q4
-- $4 String 2024-Q1
-- $5 String 60_plus
-- $6 String 2023-10
-- $7 String 2023-11
-- $8 String 2023-12
-- $9 String 2024-01
-- $10 String 2024-02
-- $11 String 2024-03
-- $12 String 2024-04
-- $13 String 2024-05
-- $14 String 2024-06
-- $15 String 2024-07
-- $16 String 2024-08
-- $17 String 2024-09
-- $18 String 2024-10
-- $19 String 2024-11
-- $20 String 2024-12
-- $21 String 2025-01
-- $22 String 2025-02
-- $23 Long 10
-- $24 BigDecimal 0
