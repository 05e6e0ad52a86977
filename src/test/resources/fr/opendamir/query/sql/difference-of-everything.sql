-- group_by=
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT coalesce(sum(b.all_quantity * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $4 AND s.import_id = ANY ($5) UNION ALL SELECT s.import_id, s.all_quantity AS all_quantity, s.all_reimbursed AS all_reimbursed FROM figures.rollup s WHERE s.rollup_id = $6 AND s.import_id = ANY ($7) UNION ALL SELECT s.import_id, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s WHERE s.import_id = ANY ($8)) b
     HAVING coalesce(sum(b.all_quantity * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint <> 0 OR coalesce(sum(b.all_reimbursed * CASE WHEN b.import_id = ANY ($1) THEN -1 ELSE 1 END), 0)::bigint <> 0
),
shown AS (
  SELECT all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $9 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER () AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $2 AND position <= $3),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($10)),
numbered AS (SELECT row_number() OVER () AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long[10, 13]
-- $2 Long 0
-- $3 Long 100
-- $4 Integer 1
-- $5 Long[10, 12]
-- $6 Integer 2
-- $7 Long[11]
-- $8 Long[13]
-- $9 Long 10
-- $10 Long[10, 12, 11, 13]
