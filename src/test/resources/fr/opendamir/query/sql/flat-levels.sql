-- group_by=care_lag,age_band,sex,provider_specialty,provider_activity,insurance
-- name: a page of an answer
WITH cells AS (
  SELECT b.care_lag AS g0, b.age_band AS g1, b.sex AS g2, b.provider_specialty AS g3, b.provider_activity AS g4, b.insurance AS g5, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.care_lag AS care_lag, s.age_band AS age_band, s.sex AS sex, s.provider_specialty AS provider_specialty, s.provider_activity AS provider_activity, s.insurance AS insurance, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.care_lag, b.age_band, b.sex, b.provider_specialty, b.provider_activity, b.insurance
),
shown AS (
  SELECT g0, g1, g2, g3, g4, g5, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3, length(g4), g4, length(g5), g5 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2, length(g3), g3, length(g4), g4, length(g5), g5) AS line, g0, g1, g2, g3, g4, g5, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
