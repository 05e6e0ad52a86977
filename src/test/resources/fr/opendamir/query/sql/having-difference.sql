-- group_by=region&measures=out_of_pocket&having=out_of_pocket:ne:0
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.care_charged AS care_charged, s.care_reimbursed AS care_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END <> CAST($4 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $5 LIMIT $6),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($7)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 BigDecimal 0
-- $5 Long 0
-- $6 Long 100
-- $7 Long[10, 11, 12, 13]
