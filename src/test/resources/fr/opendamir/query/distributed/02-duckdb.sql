-- group_by=region,exemption_group,supplement,provider_activity&measures=average_reimbursed,average_charge,out_of_pocket&exemption_group=none,long_term_illness&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.exemption_group AS g1, b.supplement AS g2, b.provider_activity AS g3, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed
  FROM (SELECT s.region AS region, s.exemption_group AS exemption_group, s.supplement AS supplement, s.provider_activity AS provider_activity, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, s.charged AS all_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE list_position([$3, $4], b.exemption_group) IS NOT NULL GROUP BY ROLLUP (b.region, b.exemption_group, b.supplement, b.provider_activity) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, coalesce(g2, '_T') AS g2, coalesce(g3, '_T') AS g3, all_quantity, all_reimbursed, all_charged, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2, g3 = '_T', length(g3), g3) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T' OR g2 = '_T' OR g3 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(g2, '_T') AS f2, coalesce(g3, '_T') AS f3, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1, g2, g3)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1 AND g2 = f2 AND g3 = f3
  WHERE (g0 = '_T' OR g1 = '_T' OR g2 = '_T' OR g3 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2, g3 = '_T', length(g3), g3) AS line, g0, g1, g2, g3, suppressed, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String long_term_illness
-- $4 String none
-- $5 Long 10
