-- group_by=service&measures=charged&sort=-charged&having=charged:gt:0
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM read_parquet([11, 12]) s UNION ALL SELECT s.service AS service, -s.quantity AS all_quantity, -s.charged AS all_charged FROM read_parquet([10, 13]) s) b GROUP BY b.service HAVING CAST(coalesce(sum(b.all_quantity), 0) AS bigint) <> 0 OR CAST(coalesce(sum(b.all_charged), 0) AS bigint) <> 0
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_charged END > CAST($2 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0 OFFSET $3 LIMIT $4),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 BigDecimal 0
-- $3 Long 0
-- $4 Long 100
