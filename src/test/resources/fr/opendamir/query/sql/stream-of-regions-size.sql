-- group_by=region&limit=all
-- name: the number of rows of an answer
WITH cells AS (
  SELECT b.region AS g0, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.all_reimbursed), 0) AS bigint) AS all_reimbursed
  FROM (SELECT s.region AS region, s.quantity AS all_quantity, s.reimbursed AS all_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b GROUP BY b.region
),
shown AS (
  SELECT g0, all_quantity, all_reimbursed, abs(all_quantity) BETWEEN 1 AND $1 AS suppressed FROM cells
),
page AS (SELECT * FROM shown),
limited AS (SELECT 1 FROM page OFFSET $2 LIMIT $3),
counted AS (SELECT count(*) AS total FROM limited)
SELECT 4 AS imports, counted.total
FROM counted

-- $1 Long 10
-- $2 Long 0
-- $3 Long 1000001
