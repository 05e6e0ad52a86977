-- group_by=service_group,service&measures=average_charge,quantity&totals=rollup&having=quantity:gt:100
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service_group AS g0, b.service AS g1, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_charged), 0)::bigint AS all_charged
  FROM (SELECT s.import_id, s.service_group AS service_group, s.service AS service, s.all_quantity AS all_quantity, s.all_charged AS all_charged FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, service_group.parent AS service_group, s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM figures.block s LEFT JOIN figures.code_level service_group ON service_group.level = 'service_group' AND service_group.code = s.service WHERE s.import_id = ANY ($5)) b
   GROUP BY ROLLUP (g0, g1)  HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T') AND CASE WHEN suppressed THEN NULL ELSE all_quantity END > $7::numeric(38,6)),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($8)),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed OR g1 = 'ND' OR g1 LIKE 'G:%' OR g1 = '_T' THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Integer 4
-- $4 Long[10, 11]
-- $5 Long[12, 13]
-- $6 Long 10
-- $7 BigDecimal 100
-- $8 Long[10, 11, 12, 13]
