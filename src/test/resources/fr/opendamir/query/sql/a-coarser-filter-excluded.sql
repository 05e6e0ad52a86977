-- group_by=service&exemption_group=!none&service_kind=care
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.service AS service, service_kind.parent AS service_kind, exemption_group.parent AS exemption_group, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_kind ON service_kind.level = 'service_kind' AND service_kind.code = s.service LEFT JOIN figures.code_level exemption_group ON exemption_group.level = 'exemption_group' AND exemption_group.code = s.exemption WHERE s.import_id = ANY ($5)) b
  WHERE b.service_kind = ANY ($3) AND b.exemption_group <> ALL ($4) GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($7)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String[care]
-- $4 String[none]
-- $5 Long[10, 11, 12, 13]
-- $6 Long 10
-- $7 Long[10, 11, 12, 13]
