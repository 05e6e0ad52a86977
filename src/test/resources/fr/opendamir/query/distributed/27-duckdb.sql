-- group_by=month&measures=reimbursement_rate,reimbursement_base&care_quarter=2023-Q4&care_year=!2023,ND&sort=reimbursement_rate&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.month AS month, (map_extract_value(MAP {'2024-01': 26, '2024-02': 56, '2024-03': 112, '2024-04': 96, '2024-05': 64, '2024-06': 0, '2024-07': 0, '2024-08': 0, '2024-09': 0, '2024-10': 0, '2024-11': 0, '2024-12': 0}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0 AS is_care_quarter, coalesce((map_extract_value(MAP {'2024-01': 517, '2024-02': 519, '2024-03': 527, '2024-04': 543, '2024-05': 575, '2024-06': 639, '2024-07': 767, '2024-08': 767, '2024-09': 767, '2024-10': 767, '2024-11': 767, '2024-12': 767}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0, true) AS is_care_year, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.reimbursement_base AS all_reimbursement_base FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.is_care_quarter AND b.is_care_year GROUP BY GROUPING SETS ((b.month), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, all_quantity, care_reimbursed, care_charged, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END NULLS LAST, g0 = '_T', length(g0), g0) AS position, shown.* FROM shown WHERE NOT (g0 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0
  WHERE (g0 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END NULLS LAST, g0 = '_T', length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
