-- group_by=region&measures=out_of_pocket&having=out_of_pocket:ne:0
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.region AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.care_charged), 0)::bigint AS care_charged, coalesce(sum(b.care_reimbursed), 0)::bigint AS care_reimbursed
  FROM (SELECT s.import_id, s.region AS region, s.all_quantity AS all_quantity, s.care_charged AS care_charged, s.care_reimbursed AS care_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, s.region AS region, s.quantity AS all_quantity, CASE WHEN service_kind.parent IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN service_kind.parent IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_kind ON service_kind.level = 'service_kind' AND service_kind.code = s.service WHERE s.import_id = ANY ($5)) b
   GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END <> $7::numeric(38,6)),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($8)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 2
-- $4 Long[10, 11]
-- $5 Long[12, 13]
-- $6 Long 10
-- $7 BigDecimal 0
-- $8 Long[10, 11, 12, 13]
