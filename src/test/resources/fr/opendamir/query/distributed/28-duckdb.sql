-- group_by=&measures=excess_fees,reimbursement_rate,charged,average_reimbursed&care_quarter=2024-Q3,2024-Q1&care_year=2024&sort=-excess_fees&totals=none
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT (map_extract_value(MAP {'2024-01': 1, '2024-02': 3, '2024-03': 11, '2024-04': 26, '2024-05': 56, '2024-06': 112, '2024-07': 97, '2024-08': 67, '2024-09': 11, '2024-10': 26, '2024-11': 56, '2024-12': 112}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0 AS is_care_quarter, (map_extract_value(MAP {'2024-01': 1, '2024-02': 3, '2024-03': 11, '2024-04': 27, '2024-05': 59, '2024-06': 123, '2024-07': 123, '2024-08': 123, '2024-09': 123, '2024-10': 123, '2024-11': 123, '2024-12': 251}, s.month) & map_extract_value(MAP {'0': 1, '1': 2, '12_plus': 4, '2': 8, '3': 16, '4': 32, '5': 64, '6_11': 128, 'ND': 256, 'NR': 512}, s.care_lag)) <> 0 AS is_care_year, s.quantity AS all_quantity, s.excess_fees AS all_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, s.charged AS all_charged, s.reimbursed AS all_reimbursed FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b WHERE b.is_care_quarter AND b.is_care_year HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, all_excess_fees, care_reimbursed, care_charged, all_charged, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE all_excess_fees END DESC NULLS LAST OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_excess_fees END DESC NULLS LAST) AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_reimbursed AS hugeint) + CASE WHEN care_reimbursed < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS reimbursement_rate, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_reimbursed AS hugeint) + CASE WHEN all_reimbursed < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_reimbursed FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
