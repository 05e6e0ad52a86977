-- group_by=care_year,care_quarter,month&care_quarter=!older
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_year AS g0, b.care_quarter AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT coalesce(list_extract(['2023', '2023', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2023', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR'], map_extract_value(MAP {'2023-12': 0, '2024-01': 10, '2024-02': 20}, s.month) + map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 8, '2': 3, '3': 4, '4': 5, '5': 6, '6_11': 7, 'ND': 9, 'NR': 10}, s.care_lag)), 'unknown') AS care_year, coalesce(list_extract(['2023-Q4', '2023-Q4', '2023-Q4', '2023-Q3', '2023-Q3', '2023-Q3', 'older', 'older', 'ND', 'NR', '2024-Q1', '2023-Q4', '2023-Q4', '2023-Q4', '2023-Q3', '2023-Q3', 'older', 'older', 'ND', 'NR', '2024-Q1', '2024-Q1', '2023-Q4', '2023-Q4', '2023-Q4', '2023-Q3', 'older', 'older', 'ND', 'NR'], map_extract_value(MAP {'2023-12': 0, '2024-01': 10, '2024-02': 20}, s.month) + map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 8, '2': 3, '3': 4, '4': 5, '5': 6, '6_11': 7, 'ND': 9, 'NR': 10}, s.care_lag)), 'unknown') AS care_quarter, s.month AS month, coalesce((map_extract_value(MAP {'2023-12': 891, '2024-01': 891, '2024-02': 891}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0, true) AS is_care_quarter, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b WHERE b.is_care_quarter GROUP BY b.care_year, b.care_quarter, b.month
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
