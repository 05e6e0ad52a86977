-- group_by=facility_type,supplement,complementary_cover
-- name: aggregate blocks or rollups
WITH cells AS (
  SELECT b.facility_type AS g0, b.supplement AS g1, b.complementary_cover AS g2, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.all_reimbursed), 0)::bigint AS all_reimbursed
  FROM (SELECT s.import_id, s.facility_type AS facility_type, s.supplement AS supplement, s.complementary_cover AS complementary_cover, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM figures.block s WHERE s.import_id = ANY ($3)) b
   GROUP BY g0, g1, g2
),
shown AS (
  SELECT g0, g1, g2, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS position, shown.* FROM shown),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2),
seen AS (SELECT count(*) AS imports FROM figures.published_import WHERE import_id = ANY ($5)),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1, length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed FROM page)
SELECT seen.imports, (SELECT count(*) FROM kept) AS total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long[10, 11, 12, 13]
-- $4 Long 10
-- $5 Long[10, 11, 12, 13]
