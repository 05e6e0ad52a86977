-- group_by=region&measures=quantity,charged,reimbursed,excess_fees,reimbursement_base,reimbursed_all
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base, CAST(coalesce(sum(b.all_reimbursed_all), 0) AS bigint) AS all_reimbursed_all
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.all_charged AS all_charged, s.all_reimbursed AS all_reimbursed, s.all_excess_fees AS all_excess_fees, s.all_reimbursement_base AS all_reimbursement_base, s.all_reimbursed_all AS all_reimbursed_all FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, all_charged, all_reimbursed, all_excess_fees, all_reimbursement_base, all_reimbursed_all, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $4 LIMIT $5),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE all_reimbursed_all END AS reimbursed_all FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 Long 0
-- $5 Long 100
-- $6 Long[10, 11, 12, 13]
