-- group_by=region,month&measures=charged&sort=-charged,month
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, b.month AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.region AS region, s.month AS month, s.all_quantity AS all_quantity, s.all_charged AS all_charged FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.region, b.month
),
shown AS (
  SELECT g0, g1, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown),
page AS (SELECT * FROM kept ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g1), g1, length(g0), g0, length(g1), g1 OFFSET $4 LIMIT $5),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($6)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY CASE WHEN suppressed THEN NULL ELSE all_charged END DESC NULLS LAST, length(g1), g1, length(g0), g0, length(g1), g1) AS line, g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 Long 0
-- $5 Long 100
-- $6 Long[10, 11, 12, 13]
