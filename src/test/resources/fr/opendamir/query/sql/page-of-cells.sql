-- group_by=service&measures=charged&sort=-charged&limit=20&cursor=PAGE_2
-- name: a page of an answer
WITH cells AS (
  SELECT b.service AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.service AS service, s.quantity AS all_quantity, s.charged AS all_charged FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0 OFFSET $2 LIMIT $3),
seen AS (SELECT 4 AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Long 10
-- $2 Long 20
-- $3 Long 20
