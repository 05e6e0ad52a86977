-- group_by=facility_type,exemption&measures=excess_rate&age_band=0,20&having=excess_rate:gt:0.5&sort=-excess_rate&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.facility_type AS g0, b.exemption AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged
  FROM (SELECT s.facility_type AS facility_type, s.exemption AS exemption, s.age_band AS age_band, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE list_position([$3, $4], b.age_band) IS NOT NULL GROUP BY ROLLUP (b.facility_type, b.exemption) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, care_excess_fees, care_charged, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T') AND CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END > CAST($6 AS decimal(38,6))),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS excess_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 String 0
-- $4 String 20
-- $5 Long 10
-- $6 BigDecimal 500000
