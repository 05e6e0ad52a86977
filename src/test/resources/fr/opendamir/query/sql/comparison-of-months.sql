-- group_by=month,region&month=2024-01..2024-02&compare=previous_period
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, b.region AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.then_all_quantity), 0) AS bigint) AS then_all_quantity, CAST(coalesce(sum(b.then_all_reimbursed), 0) AS bigint) AS then_all_reimbursed
  FROM (SELECT s.month AS month, s.region AS region, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT (CAST('{"2023-12":"2024-01","2024-01":"2024-02"}' AS jsonb) ->> (s.month)) AS month, s.region AS region, CAST(NULL AS bigint) AS all_quantity, CAST(NULL AS bigint) AS all_reimbursed, s.all_quantity AS then_all_quantity, s.all_reimbursed AS then_all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY b.month, b.region
),
sides AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed, then_all_quantity, then_all_reimbursed, abs(then_all_quantity) BETWEEN 1 AND $5 AS then_suppressed, false AS then_missing FROM cells
),
shown AS (SELECT sides.*, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN then_suppressed OR then_missing THEN NULL ELSE then_all_reimbursed END AS reimbursed_compared FROM sides),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN then_missing THEN 'NOT_PUBLISHED' WHEN then_suppressed THEN 'SUPPRESSED' ELSE 'OK' END AS compared_status, reimbursed AS reimbursed, reimbursed_compared AS reimbursed_compared, (reimbursed - reimbursed_compared) AS reimbursed_change, CASE WHEN reimbursed_compared > 0 THEN div(2000000 * CAST((reimbursed - reimbursed_compared) AS numeric(38,0)) + CASE WHEN (reimbursed - reimbursed_compared) < 0 THEN -abs(reimbursed_compared) ELSE abs(reimbursed_compared) END, 2 * nullif(reimbursed_compared, 0)) END AS reimbursed_change_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[11, 12, 13]
-- $3 Integer 2
-- $4 Long[10, 11, 12]
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
-- $8 Long[11, 12, 13, 10]
