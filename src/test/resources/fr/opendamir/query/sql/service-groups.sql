-- group_by=service_group
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service_group AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.service_group AS service_group, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, s.service_group AS service_group, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $5 AND s.import_id = ANY ($6) UNION ALL SELECT s.import_id, service_group.parent AS service_group, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_group ON service_group.level = 'service_group' AND service_group.code = s.service WHERE s.import_id = ANY ($7)) b
   GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $8 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($9)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 7
-- $4 Long[10]
-- $5 Integer 4
-- $6 Long[11]
-- $7 Long[12, 13]
-- $8 Long 10
-- $9 Long[10, 11, 12, 13]
