-- group_by=month,sex&month=2024-01..2024-02&fill=zero&compare=previous_period
-- name: a page of an answer
WITH found AS (
  SELECT b.month AS g0, b.sex AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.then_all_quantity), 0) AS bigint) AS then_all_quantity, CAST(coalesce(sum(b.then_all_reimbursed), 0) AS bigint) AS then_all_reimbursed
  FROM (SELECT s.month AS month, s.sex AS sex, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_all_reimbursed FROM read_parquet([11, 12, 13]) s UNION ALL SELECT map_extract_value(MAP {'2023-12': '2024-01', '2024-01': '2024-02'}, s.month) AS month, s.sex AS sex, CAST(NULL AS bigint) AS all_quantity, CAST(NULL AS bigint) AS all_reimbursed, s.quantity AS then_all_quantity, s.reimbursed AS then_all_reimbursed FROM read_parquet([10, 11, 12]) s) b GROUP BY b.month, b.sex
),
cells AS (
  SELECT g0, g1, CAST(sum(all_quantity) AS bigint) AS all_quantity, CAST(sum(all_reimbursed) AS bigint) AS all_reimbursed, CAST(sum(then_all_quantity) AS bigint) AS then_all_quantity, CAST(sum(then_all_reimbursed) AS bigint) AS then_all_reimbursed, max(occurs) = 0 AS is_empty
  FROM (
    SELECT g0, g1, all_quantity, all_reimbursed, then_all_quantity, then_all_reimbursed, 1 AS occurs FROM found
    UNION ALL
    SELECT g0, g1, CAST(0 AS bigint), CAST(0 AS bigint), CAST(0 AS bigint), CAST(0 AS bigint), 0
    FROM (SELECT DISTINCT g1 FROM found WHERE g0 IS NOT NULL) cell_groups
    CROSS JOIN (VALUES ('2024-01'), ('2024-02')) all_periods(g0)
  ) found_and_empty
  GROUP BY g0, g1
),
sides AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed, then_all_quantity, then_all_reimbursed, abs(then_all_quantity) BETWEEN 1 AND $1 AS then_suppressed, false AS then_missing, is_empty FROM cells
),
shown AS (SELECT sides.*, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN then_suppressed OR then_missing THEN NULL ELSE then_all_reimbursed END AS reimbursed_compared FROM sides),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, is_empty, CASE WHEN then_missing THEN 'NOT_PUBLISHED' WHEN then_suppressed THEN 'SUPPRESSED' WHEN is_empty THEN 'EMPTY' ELSE 'OK' END AS compared_status, reimbursed AS reimbursed, reimbursed_compared AS reimbursed_compared, (reimbursed - reimbursed_compared) AS reimbursed_change, CASE WHEN reimbursed_compared > 0 THEN (2000000 * CAST((reimbursed - reimbursed_compared) AS hugeint) + CASE WHEN (reimbursed - reimbursed_compared) < 0 THEN -abs(reimbursed_compared) ELSE abs(reimbursed_compared) END) // (2 * nullif(reimbursed_compared, 0)) END AS reimbursed_change_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
