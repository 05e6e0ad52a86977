-- group_by=quarter&measures=reimbursement_rate&fill=null
-- name: a page of an answer
WITH found AS (
  SELECT b.quarter AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged
  FROM (SELECT (CAST('{"2023-12":"2023-Q4","2024-01":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT (CAST('{"2024-01":"2024-Q1","2024-02":"2024-Q1"}' AS jsonb) ->> (s.month)) AS quarter, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY b.quarter
),
cells AS (
  SELECT g0, CAST(sum(all_quantity) AS bigint) AS all_quantity, CAST(sum(care_reimbursed) AS bigint) AS care_reimbursed, CAST(sum(care_charged) AS bigint) AS care_charged, max(occurs) = 0 AS is_empty
  FROM (
    SELECT g0, all_quantity, care_reimbursed, care_charged, 1 AS occurs FROM found
    UNION ALL
    SELECT g0, CAST(0 AS bigint), CAST(0 AS bigint), CAST(0 AS bigint), 0
    FROM (SELECT DISTINCT 1 AS everything FROM found WHERE g0 IS NOT NULL) cell_groups
    CROSS JOIN (VALUES ('2023-Q4'), ('2024-Q1')) all_periods(g0)
  ) found_and_empty
  GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, care_reimbursed, care_charged, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed, is_empty FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, is_empty, CASE WHEN suppressed OR is_empty THEN NULL ELSE div(2000000 * CAST(care_reimbursed AS numeric(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, 2 * nullif(care_charged, 0)) END AS reimbursement_rate FROM page)
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
