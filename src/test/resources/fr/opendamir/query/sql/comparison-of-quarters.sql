-- group_by=quarter&measures=reimbursement_rate&compare=previous_period
-- name: a page of an answer
WITH cells AS (
  SELECT b.quarter AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.then_all_quantity), 0) AS bigint) AS then_all_quantity, CAST(coalesce(sum(b.then_care_reimbursed), 0) AS bigint) AS then_care_reimbursed, CAST(coalesce(sum(b.then_care_charged), 0) AS bigint) AS then_care_charged
  FROM (SELECT (CAST('{"2023-12":"2023-Q4","2024-01":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_care_reimbursed, CAST(NULL AS bigint) AS then_care_charged FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT (CAST('{"2024-01":"2024-Q1","2024-02":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged, CAST(NULL AS bigint) AS then_all_quantity, CAST(NULL AS bigint) AS then_care_reimbursed, CAST(NULL AS bigint) AS then_care_charged FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY b.quarter
),
sides AS (
  SELECT g0, all_quantity, care_reimbursed, care_charged, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed, then_all_quantity, then_care_reimbursed, then_care_charged, abs(then_all_quantity) BETWEEN 1 AND $5 AS then_suppressed, coalesce(g0, '_T') IN ('2023-Q4', '2024-Q1', '_T') AS then_missing FROM cells
),
shown AS (SELECT sides.*, CASE WHEN suppressed THEN NULL ELSE div(2000000 * CAST(care_reimbursed AS numeric(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, 2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN then_suppressed OR then_missing THEN NULL ELSE div(2000000 * CAST(then_care_reimbursed AS numeric(38,0)) + CASE WHEN then_care_reimbursed < 0 THEN -abs(then_care_charged) ELSE abs(then_care_charged) END, 2 * nullif(then_care_charged, 0)) END AS reimbursement_rate_compared FROM sides),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN then_missing THEN 'NOT_PUBLISHED' WHEN then_suppressed THEN 'SUPPRESSED' ELSE 'OK' END AS compared_status, reimbursement_rate AS reimbursement_rate, reimbursement_rate_compared AS reimbursement_rate_compared, (reimbursement_rate - reimbursement_rate_compared) AS reimbursement_rate_change, CASE WHEN reimbursement_rate_compared > 0 THEN div(2000000 * CAST((reimbursement_rate - reimbursement_rate_compared) AS numeric(38,0)) + CASE WHEN (reimbursement_rate - reimbursement_rate_compared) < 0 THEN -abs(reimbursement_rate_compared) ELSE abs(reimbursement_rate_compared) END, 2 * nullif(reimbursement_rate_compared, 0)) END AS reimbursement_rate_change_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 1
-- $2 Long[10, 12]
-- $3 Integer 2
-- $4 Long[11, 13]
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
-- $8 Long[10, 12, 11, 13]
