-- group_by=region&measures=reimbursement_rate,excess_rate
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.care_reimbursed AS care_reimbursed, s.care_charged AS care_charged, s.care_excess_fees AS care_excess_fees FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, care_reimbursed, care_charged, care_excess_fees, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $4 LIMIT $5),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE div(2000000 * CAST(care_reimbursed AS numeric(38,0)) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, 2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE div(2000000 * CAST(care_excess_fees AS numeric(38,0)) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END, 2 * nullif(care_charged, 0)) END AS excess_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 Long 0
-- $5 Long 100
-- $6 Long[10, 11, 12, 13]
