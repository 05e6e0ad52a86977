-- group_by=region,service&service_kind=!ND&measures=quantity,out_of_pocket&having=out_of_pocket:gt:0&limit=all
-- name: the number of rows of an answer
WITH cells AS (
  SELECT b.region AS g0, b.service AS g1, CAST(coalesce(sum(b.all_quantity), 0) AS bigint) AS all_quantity, CAST(coalesce(sum(b.care_charged), 0) AS bigint) AS care_charged, CAST(coalesce(sum(b.care_reimbursed), 0) AS bigint) AS care_reimbursed
  FROM (SELECT s.region AS region, s.service AS service, s.service_kind AS service_kind, s.quantity AS all_quantity, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN s.service_kind IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed FROM read_parquet([10, 11, 12, 13]) s) b WHERE b.service_kind NOT IN ($1) GROUP BY b.region, b.service
),
shown AS (
  SELECT g0, g1, all_quantity, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $2 AS suppressed FROM cells
),
page AS (SELECT * FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END > CAST($3 AS decimal(38,6))),
limited AS (SELECT 1 FROM page OFFSET $4 LIMIT $5),
counted AS (SELECT count(*) AS total FROM limited)
SELECT 4 AS imports, counted.total
FROM counted

-- $1 String ND
-- $2 Long 10
-- $3 BigDecimal 0
-- $4 Long 0
-- $5 Long 1000001
