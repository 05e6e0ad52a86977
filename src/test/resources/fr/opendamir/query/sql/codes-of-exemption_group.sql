-- codes of exemption_group
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.exemption_group AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity
  FROM (SELECT s.import_id, exemption_group.parent AS exemption_group, s.quantity AS all_quantity FROM figures.block s LEFT JOIN figures.code_level exemption_group ON exemption_group.level = 'exemption_group' AND exemption_group.code = s.exemption WHERE s.import_id = ANY ($3)) b
   GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($5)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 10000
-- $3 Long[1, 2, 3]
-- $4 Long 10
-- $5 Long[1, 2, 3]
