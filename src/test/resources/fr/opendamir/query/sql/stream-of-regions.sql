-- group_by=region&limit=all
-- name: stream blocks or rollups
WITH cells AS (
  SELECT b.region AS g0, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.region AS region, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $3 AND s.import_id = ANY ($4) UNION ALL SELECT s.import_id, s.region AS region, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s WHERE s.import_id = ANY ($5)) b
   GROUP BY g0
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $6 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2)
SELECT g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page ORDER BY length(g0), g0 LIMIT $7

-- $1 Long 0
-- $2 Long 9223372036854775807
-- $3 Integer 2
-- $4 Long[10, 11]
-- $5 Long[12, 13]
-- $6 Long 10
-- $7 Long 1000001
