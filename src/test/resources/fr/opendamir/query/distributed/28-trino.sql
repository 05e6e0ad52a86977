-- group_by=&measures=excess_fees,reimbursement_rate,charged,average_reimbursed&care_quarter=2024-Q3,2024-Q1&care_year=2024&sort=-excess_fees&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, s.all_quantity AS all_quantity, s.all_excess_fees AS all_excess_fees, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged, s.all_charged AS all_charged, s.all_reimbursed AS all_reimbursed FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(s.excess_fees) AS bigint) AS all_excess_fees, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END) AS bigint) AS care_reimbursed, CAST(sum(CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END) AS bigint) AS care_charged, CAST(sum(s.charged) AS bigint) AS all_charged, CAST(sum(s.reimbursed) AS bigint) AS all_reimbursed FROM (SELECT s.* FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) s WHERE (s.month IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)) AND (s.month IN ($24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46)) GROUP BY s.month, s.care_lag) s) b WHERE b.care_quarter IN ($1, $2) AND b.care_year IN ($3) HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, all_excess_fees, care_reimbursed, care_charged, all_charged, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $47 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE all_excess_fees END DESC NULLS LAST OFFSET $48 LIMIT $49),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_excess_fees END DESC NULLS LAST) AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE ((2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) - mod(2000000 * CAST(care_reimbursed AS decimal(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, CAST(2 * nullif(care_charged, 0) AS decimal(38,0)))) / CAST(2 * nullif(care_charged, 0) AS decimal(38,0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE ((2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) - mod(2 * CAST(all_reimbursed AS decimal(38,0)) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)))) / CAST(2 * nullif(all_quantity, 0) AS decimal(38,0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String 2024-Q1
-- $2 String 2024-Q3
-- $3 String 2024
-- $4 String 2024-01
-- $5 String 2024-02
-- $6 String 2024-03
-- $7 String 2024-04
-- $8 String 2024-05
-- $9 String 2024-06
-- $10 String 2024-07
-- $11 String 2024-08
-- $12 String 2024-09
-- $13 String 2024-10
-- $14 String 2024-11
-- $15 String 2024-12
-- $16 String 2025-01
-- $17 String 2025-02
-- $18 String 2025-03
-- $19 String 2025-04
-- $20 String 2025-05
-- $21 String 2025-06
-- $22 String 2025-07
-- $23 String 2025-08
-- $24 String 2024-01
-- $25 String 2024-02
-- $26 String 2024-03
-- $27 String 2024-04
-- $28 String 2024-05
-- $29 String 2024-06
-- $30 String 2024-07
-- $31 String 2024-08
-- $32 String 2024-09
-- $33 String 2024-10
-- $34 String 2024-11
-- $35 String 2024-12
-- $36 String 2025-01
-- $37 String 2025-02
-- $38 String 2025-03
-- $39 String 2025-04
-- $40 String 2025-05
-- $41 String 2025-06
-- $42 String 2025-07
-- $43 String 2025-08
-- $44 String 2025-09
-- $45 String 2025-10
-- $46 String 2025-11
-- $47 Long 10
-- $48 Long 0
-- $49 Long 100
