-- group_by=service_kind,service_group,service
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service_kind AS g0, b.service_group AS g1, b.service AS g2, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.service_kind AS service_kind, s.service_group AS service_group, s.service AS service, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, service_kind.parent AS service_kind, service_group.parent AS service_group, s.service AS service, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_group ON service_group.level = 'service_group' AND service_group.code = s.service LEFT JOIN figures.code_level service_kind ON service_kind.level = 'service_kind' AND service_kind.code = s.service WHERE s.import_id = ANY ($5)) b
   GROUP BY g0, g1, g2
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($7)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 4
-- $4 Long[10, 11]
-- $5 Long[12, 13]
-- $6 Long 10
-- $7 Long[10, 11, 12, 13]
