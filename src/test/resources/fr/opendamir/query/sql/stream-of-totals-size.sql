-- group_by=region,service&measures=reimbursement_rate&totals=rollup&limit=all
-- name: the number of rows of an answer
WITH cells AS (
  SELECT b.region AS g0, b.service AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged
  FROM (SELECT s.region AS region, s.service AS service, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY ROLLUP (b.region, b.service) HAVING count(*) > 0
),
shown AS (
  SELECT coalesce(g0, '_T') AS g0, coalesce(g1, '_T') AS g1, all_quantity, care_reimbursed, care_charged, abs(all_quantity) BETWEEN 1 AND $3 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY g0 = '_T', length(g0), g0, g1 = '_T', length(g1), g1) AS position, shown.* FROM shown WHERE NOT (g0 = '_T' OR g1 = '_T')),
firsts AS (SELECT coalesce(g0, '_T') AS f0, coalesce(g1, '_T') AS f1, coalesce(min(position), 1) AS position FROM kept GROUP BY ROLLUP (g0, g1)),
page AS (
  SELECT * FROM kept WHERE position > $1 AND position <= $2
  UNION ALL
  SELECT position, shown.* FROM shown JOIN firsts ON g0 = f0 AND g1 = f1
  WHERE (g0 = '_T' OR g1 = '_T') AND position > $1 AND position <= $2
),
limited AS (SELECT 1 FROM page OFFSET $4 LIMIT $5),
counted AS (SELECT count(*) AS total FROM limited)
SELECT 4 AS imports, counted.total
FROM counted

-- $1 Long 0
-- $2 Long 9223372036854775807
-- $3 Long 10
-- $4 Long 0
-- $5 Long 1000001
