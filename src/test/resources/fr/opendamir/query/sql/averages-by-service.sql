-- group_by=service&measures=average_charge,average_reimbursed
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.service AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_charged), 0)::bigint AS all_charged, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.service AS service, s.all_quantity AS all_quantity, s.all_charged AS all_charged, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged, s.reimbursed AS all_reimbursed FROM figures.block s WHERE s.import_id = ANY ($5)) b
   GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, all_charged, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($7)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE div(2 * all_charged::numeric(38,0) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE div(2 * all_reimbursed::numeric(38,0) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END, 2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
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
