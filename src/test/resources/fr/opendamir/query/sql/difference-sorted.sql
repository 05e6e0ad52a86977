-- group_by=service&measures=charged&sort=-charged&having=charged:gt:0
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service AS g0, coalesce(sum(b.all_quantity * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint AS all_quantity, coalesce(sum(b.all_charged * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint AS all_charged
  FROM (SELECT s.import_id, s.service AS service, s.all_quantity AS all_quantity, s.all_charged AS all_charged FROM figures.rollup s WHERE s.rollup_id = $4 AND s.import_id = ANY ($5) UNION ALL SELECT s.import_id, s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM figures.block s WHERE s.import_id = ANY ($6)) b
   GROUP BY g0  HAVING coalesce(sum(b.all_quantity * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint <> 0 OR coalesce(sum(b.all_charged * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint <> 0
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $7 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0) AS position, shown.* FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_charged END > $8::numeric(38,6)),
page AS (SELECT * FROM kept WHERE position > $2 AND position <= $3),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($9)),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long[10, 13]
-- $2 Long 0
-- $3 Long 100
-- $4 Integer 4
-- $5 Long[10, 11]
-- $6 Long[12, 13]
-- $7 Long 10
-- $8 BigDecimal 0
-- $9 Long[10, 11, 12, 13]
