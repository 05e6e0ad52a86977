-- group_by=service&measures=average_charge&having=average_charge:le:26.505
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END <= CAST($2 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $3 LIMIT $4),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed OR g0 = 'ND' OR g0 LIKE 'G:%' THEN NULL ELSE (2 * CAST(all_charged AS hugeint) + CASE WHEN all_charged < 0 THEN -abs(all_quantity) ELSE abs(all_quantity) END) // (2 * nullif(all_quantity, 0)) END AS average_charge FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 2650.5
-- $3 Long 0
-- $4 Long 100
