-- group_by=exemption_group,exemption
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.exemption_group AS g0, b.exemption AS g1, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.exemption_group AS exemption_group, s.exemption AS exemption, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, exemption_group.parent AS exemption_group, s.exemption AS exemption, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s LEFT JOIN figures.code_level exemption_group ON exemption_group.level = 'exemption_group' AND exemption_group.code = s.exemption WHERE s.import_id = ANY ($5)) b
   GROUP BY g0, g1
),
shown AS (
  SELECT g0, g1, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($7)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 6
-- $4 Long[10]
-- $5 Long[11, 12, 13]
-- $6 Long 10
-- $7 Long[10, 11, 12, 13]
