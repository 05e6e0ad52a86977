-- group_by=region&service=1111&measures=average_charge
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.region AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_charged), 0)::bigint AS all_charged
  FROM (SELECT s.import_id, s.region AS region, s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM figures.block s WHERE s.import_id = ANY ($4)) b
  WHERE b.service = ANY ($3) GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($6)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END AS average_charge FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String[1111]
-- $4 Long[10, 11, 12, 13]
-- $5 Long 10
-- $6 Long[10, 11, 12, 13]
