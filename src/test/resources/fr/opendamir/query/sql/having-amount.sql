-- group_by=region&measures=charged&having=charged:ge:1234.5
-- name: a page of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.region AS region, s.all_quantity AS all_quantity, s.all_charged AS all_charged FROM figures.rollup s WHERE s.rollup_id = $1 AND s.import_id = ANY ($2)) b GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE all_charged END >= CAST($4 AS decimal(38,6))),
page AS (SELECT * FROM kept ORDER BY length(g0), g0 OFFSET $5 LIMIT $6),
seen AS (SELECT (SELECT count(*) FROM figures.published_import WHERE import_id = ANY ($7)) AS imports, count(*) AS total FROM kept),
numbered AS (SELECT row_number() OVER (ORDER BY length(g0), g0) AS line, g0, suppressed, CASE WHEN suppressed THEN NULL ELSE all_charged END AS charged FROM page)
SELECT seen.imports, seen.total, numbered.*
FROM seen LEFT JOIN numbered ON true
ORDER BY numbered.line

-- $1 Integer 2
-- $2 Long[10, 11, 12, 13]
-- $3 Long 10
-- $4 BigDecimal 123450
-- $5 Long 0
-- $6 Long 100
-- $7 Long[10, 11, 12, 13]
