-- group_by=region,care_year,month&measures=quantity,not_covered,charged,reimbursement_base&age_group=60_plus&care_quarter=2023-Q4,2024-Q1&having=quantity:ne:0&sort=-quantity&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.care_year AS g1, b.month AS g2, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.region AS region, coalesce(list_extract(['2024', '2023', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'ND', 'NR'], map_extract_value(MAP {'2024-01': 0, '2024-02': 10, '2024-03': 20, '2024-04': 30, '2024-05': 40, '2024-06': 50, '2024-07': 60, '2024-08': 70, '2024-09': 80, '2024-10': 90, '2024-11': 100, '2024-12': 110}, s.month) + map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 8, '2': 3, '3': 4, '4': 5, '5': 6, '6_11': 7, 'ND': 9, 'NR': 10}, s.care_lag)), 'unknown') AS care_year, s.month AS month, (map_extract_value(MAP {'2024-01': 27, '2024-02': 59, '2024-03': 123, '2024-04': 122, '2024-05': 120, '2024-06': 112, '2024-07': 96, '2024-08': 64, '2024-09': 0, '2024-10': 0, '2024-11': 0, '2024-12': 0}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0 AS is_care_quarter, map_extract_value(MAP {'': 'n', 'n': 'n', 'y': 'y'}, concat(map_extract_value(MAP {'0': 'n', '20': 'n', '30': 'n', '40': 'n', '50': 'n', '60': 'y', '70': 'y', '80': 'y', '99': 'n', 'ND': 'n', 'NR': 'n'}, s.age_band))) = 'y' AS is_age_group, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, s.charged AS all_charged, s.reimbursement_base AS all_reimbursement_base FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.is_care_quarter AND b.is_age_group GROUP BY ROLLUP (b.region, b.care_year, b.month) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, coalesce(g2, '_T') AS g2, all_quantity, care_charged, care_reimbursed_all, all_charged, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_quantity END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T' OR g2 = '_T') AND CASE WHEN suppressed THEN NULL ELSE all_quantity END <> CAST($4 AS decimal(38,6))),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(g2, '_T') AS f2, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1, g2)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1 AND g2 = f2
  WHERE (g0 = '_T' OR g1 = '_T' OR g2 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_quantity END DESC NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1, g2 = '_T', length(g2), g2) AS line, g0, g1, g2, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
-- $4 BigDecimal 0
