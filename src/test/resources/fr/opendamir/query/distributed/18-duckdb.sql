-- group_by=&measures=not_covered,reimbursed,average_charge,excess_fees&sort=not_covered&totals=rollup
-- name: a page of an answer
WITH cells AS (
  SELECT CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed_all), 0) AS bigint) AS care_reimbursed_all, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.all_excess_fees), 0) AS bigint) AS all_excess_fees
  FROM (SELECT s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed_all END AS care_reimbursed_all, s.reimbursed AS all_reimbursed, s.charged AS all_charged, s.excess_fees AS all_excess_fees FROM read_parquet(['block/import_id=1/*.parquet', 'block/import_id=2/*.parquet', 'block/import_id=3/*.parquet', 'block/import_id=4/*.parquet', 'block/import_id=5/*.parquet', 'block/import_id=6/*.parquet', 'block/import_id=7/*.parquet', 'block/import_id=8/*.parquet', 'block/import_id=9/*.parquet', 'block/import_id=10/*.parquet', 'block/import_id=11/*.parquet', 'block/import_id=12/*.parquet']) s) b HAVING count(*) > 0
),
shown AS (
  SELECT all_quantity, care_charged, care_reimbursed_all, all_reimbursed, all_charged, all_excess_fees, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END NULLS LAST OFFSET $2 LIMIT $3),
seen AS (SELECT 12 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END NULLS LAST) AS line, suppressed, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed_all END AS not_covered, CASE WHEN suppressed THEN NULL ELSE all_reimbursed END AS reimbursed, CASE WHEN suppressed THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge, CASE WHEN suppressed THEN NULL ELSE all_excess_fees END AS excess_fees FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 0
-- $3 Long 100
