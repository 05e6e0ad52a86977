-- group_by=care_year,care_quarter,month&care_quarter=!older
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_year AS g0, b.care_quarter AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) <= 6 THEN CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) WHEN s.care_lag = '6_11' AND CAST(substr(s.month, 6, 2) AS integer) = 12 THEN substr(s.month, 1, 4) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_year, CASE WHEN s.care_lag IN ('0', '1', '2', '3', '4', '5') THEN CASE WHEN CAST(substr(s.month, 6, 2) AS integer) >= strpos('012345', s.care_lag) THEN substr(s.month, 1, 4) ELSE CAST(CAST(substr(s.month, 1, 4) AS integer) - 1 AS varchar) END || substr('-Q3-Q3-Q4-Q4-Q4-Q1-Q1-Q1-Q2-Q2-Q2-Q3-Q3-Q3-Q4-Q4-Q4', 3 * (CAST(substr(s.month, 6, 2) AS integer) - strpos('012345', s.care_lag) + 5) + 1, 3) WHEN s.care_lag IN ('ND', 'NR') THEN s.care_lag WHEN s.care_lag IN ('6_11', '12_plus') THEN 'older' ELSE 'unknown' END AS care_quarter, s.month AS month, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM (SELECT s.month, s.care_lag, CAST(sum(s.quantity) AS bigint) AS all_quantity, CAST(sum(s.reimbursed) AS bigint) AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s GROUP BY s.month, s.care_lag) s) b WHERE b.care_quarter NOT IN ($1) GROUP BY b.care_year, b.care_quarter, b.month
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $2 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $3 LIMIT $4),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 String older
-- $2 Long 10
-- $3 Long 0
-- $4 Long 100
