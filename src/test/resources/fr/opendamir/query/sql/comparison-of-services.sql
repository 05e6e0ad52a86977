-- group_by=month,service,sex&measures=average_charge&month=2024-02&compare=previous_period
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, b.service AS g1, b.sex AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.then_all_quantity), 0) AS bigint) AS then_all_quantity, CAST(coalesce(sum(b.then_all_charged), 0) AS bigint) AS then_all_charged
  FROM (SELECT s.month AS month, s.service AS service, s.sex AS sex, s.quantity AS all_quantity, s.charged AS all_charged, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_all_charged FROM read_parquet([13]) s UNION ALL SELECT map_extract_value(MAP {'2024-01': '2024-02'}, s.month) AS month, s.service AS service, s.sex AS sex, CAST(NULL AS bigint) AS all_quantity, CAST(NULL AS bigint) AS all_charged, s.quantity AS then_all_quantity, s.charged AS then_all_charged FROM read_parquet([11, 12]) s) b GROUP BY b.month, b.service, b.sex
),
sides AS (
  SELECT g0, g1, g2, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed, then_all_quantity, then_all_charged, abs(then_all_quantity) BETWEEN 1 AND $1 AS then_suppressed, false AS then_missing FROM cells
),
shown AS (SELECT sides.*, CASE WHEN suppressed OR g1 = 'ND' OR g1 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN then_suppressed OR then_missing OR g1 = 'ND' OR g1 LIKE 'G:%' THEN NULL ELSE (2 * CAST(then_all_charged AS hugeint) + CASE WHEN then_all_charged < 0 THEN -abs(then_all_quantity) ELSE abs(then_all_quantity) END) // (2 * nullif(then_all_quantity, 0)) END AS average_charge_compared FROM sides),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2 OFFSET $2 LIMIT $3),
seen AS (SELECT 3 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN then_missing THEN 'NOT_PUBLISHED' WHEN then_suppressed THEN 'SUPPRESSED' ELSE 'OK' END AS compared_status, average_charge AS average_charge, average_charge_compared AS average_charge_compared, (average_charge - average_charge_compared) AS average_charge_change, CASE WHEN average_charge_compared > 0 THEN (2000000 * CAST((average_charge - average_charge_compared) AS hugeint) + CASE WHEN (average_charge - average_charge_compared) < 0 THEN -abs(average_charge_compared) ELSE abs(average_charge_compared) END) // (2 * nullif(average_charge_compared, 0)) END AS average_charge_change_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
