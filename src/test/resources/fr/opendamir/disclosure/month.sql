-- name: safe atoms are blocks
CREATE TABLE block AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, (CASE WHEN quantity_lines = 0 THEN lines * 420 ELSE abs(quantity) * units_per_act END)::BIGINT AS units, 0::BIGINT AS part FROM atom JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption) WHERE units >= 4620
;
-- name: the other atoms are pending
CREATE TABLE pending AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, units_per_act, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, 0::TINYINT AS crowded FROM atom JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption) WHERE CASE WHEN quantity_lines = 0 THEN lines * 420 ELSE abs(quantity) * units_per_act END < 4620
;
CREATE TABLE block_part (part BIGINT, origin INTEGER, units_per_act BIGINT, quantity BIGINT);
-- name: pending atoms by what is kept, and service
CREATE TABLE step AS
SELECT region AS key_region, age_band AS key_age_band, sex AS key_sex, service_group AS key_service_group, provider_specialty AS key_provider_specialty, provider_activity AS key_provider_activity, exemption_group AS key_exemption_group, insurance AS key_insurance, facility_type AS key_facility_type, supplement AS key_supplement, complementary_cover AS key_complementary_cover, min(care_lag) AS least_care_lag, max(care_lag) AS most_care_lag, min(region) AS least_region, max(region) AS most_region, min(age_band) AS least_age_band, max(age_band) AS most_age_band, min(sex) AS least_sex, max(sex) AS most_sex, min(service) AS least_service, max(service) AS most_service, min(provider_specialty) AS least_provider_specialty, max(provider_specialty) AS most_provider_specialty, min(provider_activity) AS least_provider_activity, max(provider_activity) AS most_provider_activity, min(exemption) AS least_exemption, max(exemption) AS most_exemption, min(insurance) AS least_insurance, max(insurance) AS most_insurance, min(facility_type) AS least_facility_type, max(facility_type) AS most_facility_type, min(supplement) AS least_supplement, max(supplement) AS most_supplement, min(complementary_cover) AS least_complementary_cover, max(complementary_cover) AS most_complementary_cover, min(service_group) AS least_service_group, max(service_group) AS most_service_group, min(exemption_group) AS least_exemption_group, max(exemption_group) AS most_exemption_group, service AS origin, max(units_per_act) AS units_per_act, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines,
  max(crowded) AS crowded
FROM pending GROUP BY region, age_band, sex, service_group, provider_specialty, provider_activity, exemption_group, insurance, facility_type, supplement, complementary_cover, service
;
-- name: groups that are safe now
CREATE TABLE safe AS
SELECT key_region, key_age_band, key_sex, key_service_group, key_provider_specialty, key_provider_activity, key_exemption_group, key_insurance, key_facility_type, key_supplement, key_complementary_cover, CASE WHEN min(least_care_lag) = max(most_care_lag) THEN min(least_care_lag) ELSE -2 END AS care_lag, CASE WHEN min(least_region) = max(most_region) THEN min(least_region) ELSE -2 END AS region, CASE WHEN min(least_age_band) = max(most_age_band) THEN min(least_age_band) ELSE -2 END AS age_band, CASE WHEN min(least_sex) = max(most_sex) THEN min(least_sex) ELSE -2 END AS sex, CASE WHEN min(least_service) = max(most_service) THEN min(least_service) WHEN min(least_service_group) = max(most_service_group) THEN min(least_service_group) ELSE -2 END AS service, CASE WHEN min(least_provider_specialty) = max(most_provider_specialty) THEN min(least_provider_specialty) ELSE -2 END AS provider_specialty, CASE WHEN min(least_provider_activity) = max(most_provider_activity) THEN min(least_provider_activity) ELSE -2 END AS provider_activity, CASE WHEN min(least_exemption) = max(most_exemption) THEN min(least_exemption) WHEN min(least_exemption_group) = max(most_exemption_group) THEN min(least_exemption_group) ELSE -2 END AS exemption, CASE WHEN min(least_insurance) = max(most_insurance) THEN min(least_insurance) ELSE -2 END AS insurance, CASE WHEN min(least_facility_type) = max(most_facility_type) THEN min(least_facility_type) ELSE -2 END AS facility_type, CASE WHEN min(least_supplement) = max(most_supplement) THEN min(least_supplement) ELSE -2 END AS supplement, CASE WHEN min(least_complementary_cover) = max(most_complementary_cover) THEN min(least_complementary_cover) ELSE -2 END AS complementary_cover, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines, CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * 420)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END AS units, max(crowded) AS crowded,
  row_number() OVER (ORDER BY key_region, key_age_band, key_sex, key_service_group, key_provider_specialty, key_provider_activity, key_exemption_group, key_insurance, key_facility_type, key_supplement, key_complementary_cover) AS candidate
FROM step GROUP BY key_region, key_age_band, key_sex, key_service_group, key_provider_specialty, key_provider_activity, key_exemption_group, key_insurance, key_facility_type, key_supplement, key_complementary_cover HAVING units >= 4620
;
-- name: atoms of groups that may be crowded
CREATE TABLE near AS
SELECT b.candidate, b.units, b.crowded AS mark FROM pending a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover
WHERE b.units > 2 * 4200 - 1680 AND b.crowded < 2
;
-- name: groups that are held back
CREATE TABLE held AS SELECT candidate FROM (SELECT candidate, count(*) AS parts FROM near GROUP BY candidate) JOIN (SELECT DISTINCT candidate, units FROM near) USING (candidate)
GROUP BY candidate, units HAVING units > greatest(min(parts), 2) * 4200 - 1680
;
-- name: what stays pending
CREATE TABLE left_over AS
SELECT a.* EXCLUDE (crowded),
  greatest(a.crowded, CASE WHEN h.candidate IS NULL THEN 0 ELSE 1 END)::TINYINT AS crowded, hash(a.region, a.age_band, a.sex, a.service_group, a.provider_specialty, a.provider_activity, a.exemption_group, a.insurance, a.facility_type, a.supplement, a.complementary_cover) AS group_0
FROM pending a LEFT JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover LEFT JOIN held h USING (candidate)
WHERE b.candidate IS NULL OR h.candidate IS NOT NULL
;
DELETE FROM safe WHERE candidate IN (SELECT candidate FROM held);
UPDATE safe SET candidate = candidate + (SELECT coalesce(max(part), 0) FROM block);
INSERT INTO block_part SELECT b.candidate, origin, units_per_act, a.quantity FROM step a JOIN safe b ON a.key_region = b.key_region AND a.key_age_band = b.key_age_band AND a.key_sex = b.key_sex AND a.key_service_group = b.key_service_group AND a.key_provider_specialty = b.key_provider_specialty AND a.key_provider_activity = b.key_provider_activity AND a.key_exemption_group = b.key_exemption_group AND a.key_insurance = b.key_insurance AND a.key_facility_type = b.key_facility_type AND a.key_supplement = b.key_supplement AND a.key_complementary_cover = b.key_complementary_cover;
INSERT INTO block SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, units, candidate FROM safe;
DROP TABLE pending;
ALTER TABLE left_over RENAME TO pending;
DROP TABLE held;
DROP TABLE IF EXISTS near;
DROP TABLE safe;
DROP TABLE step;
-- name: pending atoms by what is kept, and service
CREATE TABLE step AS
SELECT min(care_lag) AS least_care_lag, max(care_lag) AS most_care_lag, min(region) AS least_region, max(region) AS most_region, min(age_band) AS least_age_band, max(age_band) AS most_age_band, min(sex) AS least_sex, max(sex) AS most_sex, min(service) AS least_service, max(service) AS most_service, min(provider_specialty) AS least_provider_specialty, max(provider_specialty) AS most_provider_specialty, min(provider_activity) AS least_provider_activity, max(provider_activity) AS most_provider_activity, min(exemption) AS least_exemption, max(exemption) AS most_exemption, min(insurance) AS least_insurance, max(insurance) AS most_insurance, min(facility_type) AS least_facility_type, max(facility_type) AS most_facility_type, min(supplement) AS least_supplement, max(supplement) AS most_supplement, min(complementary_cover) AS least_complementary_cover, max(complementary_cover) AS most_complementary_cover, min(service_group) AS least_service_group, max(service_group) AS most_service_group, min(exemption_group) AS least_exemption_group, max(exemption_group) AS most_exemption_group, service AS origin, max(units_per_act) AS units_per_act, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines,
  max(crowded) AS crowded
FROM pending GROUP BY service
;
-- name: groups that are safe now
CREATE TABLE safe AS
SELECT CASE WHEN min(least_care_lag) = max(most_care_lag) THEN min(least_care_lag) ELSE -2 END AS care_lag, CASE WHEN min(least_region) = max(most_region) THEN min(least_region) ELSE -2 END AS region, CASE WHEN min(least_age_band) = max(most_age_band) THEN min(least_age_band) ELSE -2 END AS age_band, CASE WHEN min(least_sex) = max(most_sex) THEN min(least_sex) ELSE -2 END AS sex, CASE WHEN min(least_service) = max(most_service) THEN min(least_service) WHEN min(least_service_group) = max(most_service_group) THEN min(least_service_group) ELSE -2 END AS service, CASE WHEN min(least_provider_specialty) = max(most_provider_specialty) THEN min(least_provider_specialty) ELSE -2 END AS provider_specialty, CASE WHEN min(least_provider_activity) = max(most_provider_activity) THEN min(least_provider_activity) ELSE -2 END AS provider_activity, CASE WHEN min(least_exemption) = max(most_exemption) THEN min(least_exemption) WHEN min(least_exemption_group) = max(most_exemption_group) THEN min(least_exemption_group) ELSE -2 END AS exemption, CASE WHEN min(least_insurance) = max(most_insurance) THEN min(least_insurance) ELSE -2 END AS insurance, CASE WHEN min(least_facility_type) = max(most_facility_type) THEN min(least_facility_type) ELSE -2 END AS facility_type, CASE WHEN min(least_supplement) = max(most_supplement) THEN min(least_supplement) ELSE -2 END AS supplement, CASE WHEN min(least_complementary_cover) = max(most_complementary_cover) THEN min(least_complementary_cover) ELSE -2 END AS complementary_cover, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines, CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * 420)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END AS units, max(crowded) AS crowded,
  row_number() OVER () AS candidate
FROM step HAVING units >= 4620
;
-- name: atoms of groups that may be crowded
CREATE TABLE near AS
SELECT b.candidate, b.units, b.crowded AS mark, a.group_0 FROM pending a JOIN safe b ON true
WHERE b.units > 2 * 4200 - 1680 AND b.crowded < 2
;
-- name: groups that are held back
CREATE TABLE held AS SELECT candidate FROM (SELECT candidate, count(*) AS parts FROM near GROUP BY candidate UNION ALL SELECT candidate, count(*) AS parts FROM (SELECT DISTINCT candidate, group_0 FROM near WHERE mark < 1) GROUP BY candidate) JOIN (SELECT DISTINCT candidate, units FROM near) USING (candidate)
GROUP BY candidate, units HAVING units > greatest(min(parts), 2) * 4200 - 1680
;
-- name: what stays pending
CREATE TABLE left_over AS
SELECT a.* EXCLUDE (crowded),
  greatest(a.crowded, CASE WHEN h.candidate IS NULL THEN 0 ELSE 1 END)::TINYINT AS crowded, 0 AS group_1
FROM pending a LEFT JOIN safe b ON true LEFT JOIN held h USING (candidate)
WHERE b.candidate IS NULL OR h.candidate IS NOT NULL
;
DELETE FROM safe WHERE candidate IN (SELECT candidate FROM held);
UPDATE safe SET candidate = candidate + (SELECT coalesce(max(part), 0) FROM block);
INSERT INTO block_part SELECT b.candidate, origin, units_per_act, a.quantity FROM step a JOIN safe b ON true;
INSERT INTO block SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, units, candidate FROM safe;
DROP TABLE pending;
ALTER TABLE left_over RENAME TO pending;
DROP TABLE held;
DROP TABLE IF EXISTS near;
DROP TABLE safe;
DROP TABLE step;
