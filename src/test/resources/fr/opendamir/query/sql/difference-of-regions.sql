-- group_by=region&measures=charged,out_of_pocket
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.all_charged AS all_charged, s.care_charged AS care_charged, s.care_reimbursed AS care_reimbursed FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2) UNION ALL SELECT s.region AS region, -s.all_quantity AS all_quantity, -s.all_charged AS all_charged, -s.care_charged AS care_charged, -s.care_reimbursed AS care_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4)) b GROUP BY b.region HAVING CAST(coalesce(sum(b.all_quantity), 0) AS bigint) <> 0 OR CAST(coalesce(sum(b.all_charged), 0) AS bigint) <> 0 OR CAST(coalesce(sum(b.care_charged), 0) AS bigint) <> 0 OR CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) <> 0
),
shown AS (
  SELECT g0, all_quantity, all_charged, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $6 LIMIT $7),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($8)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[11, 12]
-- $3 Integer 2
-- $4 Long[10, 13]
-- $5 Long 10
-- $6 Long 0
-- $7 Long 100
-- $8 Long[10, 11, 12, 13]
