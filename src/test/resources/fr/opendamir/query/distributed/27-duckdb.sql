-- group_by=month&measures=reimbursement_rate,reimbursement_base&care_quarter=2023-Q4&care_year=!2023,ND&sort=reimbursement_rate&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.month AS month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged, s.all_reimbursement_base AS all_reimbursement_base FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END) AS bigint) AS care_reimbursed, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END) AS bigint) AS care_charged, CAST(sum(s.reimbursement_base) AS bigint) AS all_reimbursement_base FROM (SELECT s.* FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) s WHERE (s.month IN ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)) GROUP BY s.month, s.care_lag) s) b WHERE b.care_quarter IN ($3) AND b.care_year NOT IN ($4, $5) GROUP BY GROUPING SETS ((b.month), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, all_quantity, care_reimbursed, care_charged, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $20 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END NULLS LAST, g0 = '_T', length(g0), g0) AS position, shown.* FROM shown WHERE NOT (g0 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0
  WHERE (g0 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END NULLS LAST, g0 = '_T', length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String 2023-Q4
-- $4 String 2023
-- $5 String ND
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
-- $20 Long 10
