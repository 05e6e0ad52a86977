-- group_by=care_quarter,month&measures=excess_rate,reimbursed&care_quarter=unknown,2024-Q1,2023-Q4&care_year=!ND,older,2024&having=excess_rate:gt:0.5&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_quarter AS g0, b.month AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, s.month AS month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.all_quantity AS all_quantity, s.care_excess_fees AS care_excess_fees, s.care_charged AS care_charged, s.all_reimbursed AS all_reimbursed FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END) AS bigint) AS care_excess_fees, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END) AS bigint) AS care_charged, CAST(sum(s.reimbursed) AS bigint) AS all_reimbursed FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s GROUP BY s.month, s.care_lag) s) b WHERE b.care_quarter IN ($1, $2, $3) AND b.care_year NOT IN ($4, $5, $6) GROUP BY b.care_quarter, b.month
),
shown AS (
  SELECT g0, g1, all_quantity, care_excess_fees, care_charged, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $7 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END > CAST($8 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $9 LIMIT $10),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS excess_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 2023-Q4
-- $2 String 2024-Q1
-- $3 String unknown
-- $4 String 2024
-- $5 String ND
-- $6 String older
-- $7 Long 10
-- $8 BigDecimal 500000
-- $9 Long 0
-- $10 Long 100
