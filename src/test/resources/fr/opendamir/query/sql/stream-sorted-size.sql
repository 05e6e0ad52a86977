-- group_by=service,month&measures=charged,average_charge&sort=-average_charge&limit=all
-- name: the number of rows of an answer
WITH cells AS (
  SELECT b.service AS g0, b.month AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_charged), 0) AS bigint) AS all_charged
  FROM (SELECT s.service AS service, s.month AS month, s.quantity AS all_quantity, s.charged AS all_charged FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.service, b.month
),
shown AS (
  SELECT g0, g1, all_quantity, all_charged, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
page AS (SELECT * FROM shown),
limited AS (SELECT 1 FROM page OFFSET $2 LIMIT $3),
counted AS (SELECT count(*) AS total FROM limited)
SELECT 4 AS imports, counted.total
FROM counted

-- $1 Long 10
-- $2 Long 0
-- $3 Long 1000001
