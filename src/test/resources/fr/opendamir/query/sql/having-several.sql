-- group_by=service&measures=charged,excess_rate&having=charged:ge:0&having=charged:lt:5000&having=excess_rate:eq:0.25
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged, CAST(coalesce(sum(b.care_excess_fees), 0) AS bigint) AS care_excess_fees, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.excess_fees END AS care_excess_fees, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service
),
shown AS (
  SELECT g0, all_quantity, all_charged, care_excess_fees, care_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_charged END >= CAST($2 AS decimal(38,6)) AND CASE WHEN suppressed THEN NULL ELSE all_charged END < CAST($3 AS decimal(38,6)) AND CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END = CAST($4 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $5 LIMIT $6),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged, CASE WHEN suppressed THEN NULL ELSE (2000000 * CAST(care_excess_fees AS hugeint) + CASE WHEN care_excess_fees < 0 THEN -abs(care_charged) ELSE abs(care_charged) END) // (2 * nullif(care_charged, 0)) END AS excess_rate FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 0
-- $3 BigDecimal 500000
-- $4 BigDecimal 250000
-- $5 Long 0
-- $6 Long 100
