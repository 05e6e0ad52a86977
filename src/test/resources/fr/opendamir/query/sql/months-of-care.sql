-- group_by=care_month&care_year=2023,2024
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_month AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-08-09-10-11-12-01-02-03-04-05-06-07-08-09-10-11-12', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_month, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(s.reimbursed) AS bigint) AS all_reimbursed FROM (SELECT s.* FROM read_parquet([10, 11, 12, 13]) s) s WHERE (s.month IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)) GROUP BY s.month, s.care_lag) s) b WHERE b.care_year IN ($1, $2) GROUP BY b.care_month
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $38 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $39 LIMIT $40),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 2023
-- $2 String 2024
-- $3 String 2023-01
-- $4 String 2023-02
-- $5 String 2023-03
-- $6 String 2023-04
-- $7 String 2023-05
-- $8 String 2023-06
-- $9 String 2023-07
-- $10 String 2023-08
-- $11 String 2023-09
-- $12 String 2023-10
-- $13 String 2023-11
-- $14 String 2023-12
-- $15 String 2024-01
-- $16 String 2024-02
-- $17 String 2024-03
-- $18 String 2024-04
-- $19 String 2024-05
-- $20 String 2024-06
-- $21 String 2024-07
-- $22 String 2024-08
-- $23 String 2024-09
-- $24 String 2024-10
-- $25 String 2024-11
-- $26 String 2024-12
-- $27 String 2025-01
-- $28 String 2025-02
-- $29 String 2025-03
-- $30 String 2025-04
-- $31 String 2025-05
-- $32 String 2025-06
-- $33 String 2025-07
-- $34 String 2025-08
-- $35 String 2025-09
-- $36 String 2025-10
-- $37 String 2025-11
-- $38 Long 10
-- $39 Long 0
-- $40 Long 100
