-- group_by=month,care_year&measures=reimbursed,reimbursement_base,average_reimbursed&sort=reimbursed&totals=grand
-- name: a page of an answer
WITH cells AS (
  SELECT b.month AS g0, b.care_year AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_reimbursement_base), 0) AS bigint) AS all_reimbursement_base
  FROM (SELECT s.month AS month, coalesce(list_extract(['2024', '2023', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2023', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2023', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2023', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2023', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', '2023', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'older', 'ND', 'NR', '2024', '2024', '2024', '2024', '2024', '2024', '2024', 'older', 'ND', 'NR'], map_extract_value(MAP {'2024-01': 0, '2024-02': 10, '2024-03': 20, '2024-04': 30, '2024-05': 40, '2024-06': 50, '2024-07': 60, '2024-08': 70, '2024-09': 80, '2024-10': 90, '2024-11': 100, '2024-12': 110}, s.month) + map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 8, '2': 3, '3': 4, '4': 5, '5': 6, '6_11': 7, 'ND': 9, 'NR': 10}, s.care_lag)), 'unknown') AS care_year, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed, s.reimbursement_base AS all_reimbursement_base FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b GROUP BY GROUPING SETS ((b.month, b.care_year), ()) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, all_reimbursed, all_reimbursement_base, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_reimbursed END NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_reimbursed END NULLS LAST, g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE all_reimbursement_base END AS reimbursement_base, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 0
-- $2 Long 100
-- $3 Long 10
