-- group_by=&measures=out_of_pocket&age_group=!20_39,0_19&sort=-out_of_pocket&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed
  FROM (SELECT coalesce(element_at(map(ARRAY['0', '20', '30', '40', '50', '60', '70', '80', '99', 'ND', 'NR'], ARRAY['n', 'n', 'n', 'y', 'y', 'y', 'y', 'y', 'y', 'y', 'y']), s.age_band), 'y') = 'y' AS is_age_group, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed FROM block s WHERE s.import_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) b WHERE b.is_age_group HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END DESC NULLS LAST OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END DESC NULLS LAST) AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
