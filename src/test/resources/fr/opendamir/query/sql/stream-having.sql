-- group_by=region,service&service_kind=!ND&measures=quantity,out_of_pocket&having=out_of_pocket:gt:0&limit=all
-- name: stream blocks or rollups
WITH cells AS (
  SELECT b.region AS g0, b.service AS g1, coalesce(sum(b.all_quantity), 0)::bigint AS all_quantity, coalesce(sum(b.care_charged), 0)::bigint AS care_charged, coalesce(sum(b.care_reimbursed), 0)::bigint AS care_reimbursed
  FROM (SELECT s.import_id, s.region AS region, s.service AS service, service_kind.parent AS service_kind, s.quantity AS all_quantity, CASE WHEN service_kind.parent IN ('care', 'participation') THEN s.charged END AS care_charged, CASE WHEN service_kind.parent IN ('care', 'participation') THEN s.reimbursed END AS care_reimbursed FROM figures.block s LEFT JOIN figures.code_level service_kind ON service_kind.level = 'service_kind' AND service_kind.code = s.service WHERE s.import_id = ANY ($4)) b
  WHERE b.service_kind <> ALL ($3) GROUP BY g0, g1
),
shown AS (
  SELECT g0, g1, all_quantity, care_charged, care_reimbursed, abs(all_quantity) BETWEEN 1 AND $5 AS suppressed FROM cells
),
kept AS (SELECT row_number() OVER (ORDER BY length(g0), g0, length(g1), g1) AS position, shown.* FROM shown WHERE CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END > $6::numeric(38,6)),
page AS (SELECT * FROM kept WHERE position > $1 AND position <= $2)
SELECT g0, g1, suppressed, CASE WHEN suppressed THEN NULL ELSE all_quantity END AS quantity, CASE WHEN suppressed THEN NULL ELSE care_charged - care_reimbursed END AS out_of_pocket FROM page ORDER BY length(g0), g0, length(g1), g1 LIMIT $7

-- $1 Long 0
-- $2 Long 9223372036854775807
-- $3 String[ND]
-- $4 Long[10, 11, 12, 13]
-- $5 Long 10
-- $6 BigDecimal 0
-- $7 Long 1000001
