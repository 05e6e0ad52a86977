-- group_by=provider_activity,region,year,provider_specialty&measures=not_covered&age_band=!60&totals=grand&page=2
-- name: a page of an answer
WITH cells AS (
  SELECT b.provider_activity AS g0, b.region AS g1, b.year AS g2, b.provider_specialty AS g3, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all
  FROM (SELECT s.provider_activity AS provider_activity, s.region AS region, map_extract_value(MAP {'2024-01': '2024', '2024-02': '2024', '2024-03': '2024', '2024-04': '2024', '2024-05': '2024', '2024-06': '2024', '2024-07': '2024', '2024-08': '2024', '2024-09': '2024', '2024-10': '2024', '2024-11': '2024', '2024-12': '2024'}, s.month) AS year, s.provider_specialty AS provider_specialty, s.age_band AS age_band, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.age_band NOT IN ($3) GROUP BY GROUPING SETS ((b.provider_activity, b.region, b.year, b.provider_specialty), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, coalesce(g2, '_T') AS g2, coalesce(g3, '_T') AS g3, all_quantity, care_charged, care_reimbursed_all, abs(all_quantity) BETWEEN 1 AND $4 AS suppressed FROM cells
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
numbered AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2, g3 = '_T', length(g3), g3) AS line, g0, g1, g2, g3, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 20
-- $2 Long 120
-- $3 String 60
-- $4 Long 10
