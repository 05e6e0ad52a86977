-- group_by=service,month&measures=charged,average_charge&sort=-average_charge&limit=all
-- name: stream blocks or rollups
WITH cells AS (
  SELECT b.service AS g0, b.month AS g1, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_charged), 0)::bigint AS all_charged
  FROM (SELECT s.import_id, s.month, s.service AS service, s.all_quantity AS all_quantity, s.all_charged AS all_charged FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, s.month, s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM figures.block s WHERE s.import_id = ANY ($5)) b
   GROUP BY g0, g1
),
shown AS (
  SELECT g0, g1, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END DESC NULLS LAST, length(g0), g0, length(g1), g1) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2)
SELECT g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END AS average_charge FROM page ORDER BY CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END DESC NULLS LAST, length(g0), g0, length(g1), g1 LIMIT $7

-- $1 Long 0
-- $2 Long 9223372036854775807
-- $3 Integer 4
-- $4 Long[10, 11]
-- $5 Long[12, 13]
-- $6 Long 10
-- $7 Long 1000001
