-- group_by=service_group,exemption_group
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service_group AS g0, b.exemption_group AS g1, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, service_group.parent AS service_group, exemption_group.parent AS exemption_group, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_group ON service_group.level = 'service_group' AND service_group.code = s.service LEFT JOIN figures.code_level exemption_group ON exemption_group.level = 'exemption_group' AND exemption_group.code = s.exemption WHERE s.import_id = ANY ($3)) b
   GROUP BY g0, g1
),
shown AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($5)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long[10, 11, 12, 13]
-- $4 Long 10
-- $5 Long[10, 11, 12, 13]
