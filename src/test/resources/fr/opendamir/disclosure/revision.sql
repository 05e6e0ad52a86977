-- name: safe atoms are blocks
CREATE TABLE block AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, (CASE WHEN quantity_lines = 0 THEN lines * 420 ELSE abs(quantity) * units_per_act END)::BIGINT AS units, 0::BIGINT AS part FROM atom JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption) WHERE units >= 9223372036854775807
;
-- name: the other atoms are pending
CREATE TABLE pending AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, units_per_act, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, 0::TINYINT AS crowded FROM atom JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption) WHERE CASE WHEN quantity_lines = 0 THEN lines * 420 ELSE abs(quantity) * units_per_act END < 9223372036854775807
;
CREATE TABLE block_part (part BIGINT, origin INTEGER, units_per_act BIGINT, quantity BIGINT);
-- name: the whole new file
CREATE TABLE whole AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, units_per_act, quantity, lines, quantity_lines
FROM new_atom JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption)
;
-- name: published blocks; their contributors lack less than one each
CREATE TABLE standing AS
SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, coalesce(service_group, service) AS service_group, coalesce(exemption_group, exemption) AS exemption_group, units_per_act, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all,
  (contributors + 1) * 420 AS units, ordinal
FROM published LEFT JOIN code_of_service USING (service) LEFT JOIN code_of_exemption USING (exemption)
;
-- name: pending atoms by what is kept, and service
CREATE TABLE step AS
SELECT care_lag AS key_care_lag, region AS key_region, age_band AS key_age_band, sex AS key_sex, service AS key_service, provider_specialty AS key_provider_specialty, provider_activity AS key_provider_activity, exemption AS key_exemption, insurance AS key_insurance, facility_type AS key_facility_type, supplement AS key_supplement, complementary_cover AS key_complementary_cover, min(care_lag) AS least_care_lag, max(care_lag) AS most_care_lag, min(region) AS least_region, max(region) AS most_region, min(age_band) AS least_age_band, max(age_band) AS most_age_band, min(sex) AS least_sex, max(sex) AS most_sex, min(service) AS least_service, max(service) AS most_service, min(provider_specialty) AS least_provider_specialty, max(provider_specialty) AS most_provider_specialty, min(provider_activity) AS least_provider_activity, max(provider_activity) AS most_provider_activity, min(exemption) AS least_exemption, max(exemption) AS most_exemption, min(insurance) AS least_insurance, max(insurance) AS most_insurance, min(facility_type) AS least_facility_type, max(facility_type) AS most_facility_type, min(supplement) AS least_supplement, max(supplement) AS most_supplement, min(complementary_cover) AS least_complementary_cover, max(complementary_cover) AS most_complementary_cover, min(service_group) AS least_service_group, max(service_group) AS most_service_group, min(exemption_group) AS least_exemption_group, max(exemption_group) AS most_exemption_group, service AS origin, max(units_per_act) AS units_per_act, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines,
  max(crowded) AS crowded
FROM pending GROUP BY care_lag, region, age_band, sex, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service
;
-- name: groups that are safe now
CREATE TABLE safe AS
SELECT key_care_lag, key_region, key_age_band, key_sex, key_service, key_provider_specialty, key_provider_activity, key_exemption, key_insurance, key_facility_type, key_supplement, key_complementary_cover, CASE WHEN min(least_care_lag) = max(most_care_lag) THEN min(least_care_lag) ELSE -2 END AS care_lag, CASE WHEN min(least_region) = max(most_region) THEN min(least_region) ELSE -2 END AS region, CASE WHEN min(least_age_band) = max(most_age_band) THEN min(least_age_band) ELSE -2 END AS age_band, CASE WHEN min(least_sex) = max(most_sex) THEN min(least_sex) ELSE -2 END AS sex, CASE WHEN min(least_service) = max(most_service) THEN min(least_service) WHEN min(least_service_group) = max(most_service_group) THEN min(least_service_group) ELSE -2 END AS service, CASE WHEN min(least_provider_specialty) = max(most_provider_specialty) THEN min(least_provider_specialty) ELSE -2 END AS provider_specialty, CASE WHEN min(least_provider_activity) = max(most_provider_activity) THEN min(least_provider_activity) ELSE -2 END AS provider_activity, CASE WHEN min(least_exemption) = max(most_exemption) THEN min(least_exemption) WHEN min(least_exemption_group) = max(most_exemption_group) THEN min(least_exemption_group) ELSE -2 END AS exemption, CASE WHEN min(least_insurance) = max(most_insurance) THEN min(least_insurance) ELSE -2 END AS insurance, CASE WHEN min(least_facility_type) = max(most_facility_type) THEN min(least_facility_type) ELSE -2 END AS facility_type, CASE WHEN min(least_supplement) = max(most_supplement) THEN min(least_supplement) ELSE -2 END AS supplement, CASE WHEN min(least_complementary_cover) = max(most_complementary_cover) THEN min(least_complementary_cover) ELSE -2 END AS complementary_cover, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines, CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * 420)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END AS units, max(crowded) AS crowded,
  row_number() OVER (ORDER BY key_care_lag, key_region, key_age_band, key_sex, key_service, key_provider_specialty, key_provider_activity, key_exemption, key_insurance, key_facility_type, key_supplement, key_complementary_cover) AS candidate
FROM step GROUP BY key_care_lag, key_region, key_age_band, key_sex, key_service, key_provider_specialty, key_provider_activity, key_exemption, key_insurance, key_facility_type, key_supplement, key_complementary_cover HAVING units >= 4620
;
-- name: groups that are held back
CREATE TABLE held AS SELECT candidate FROM (
  SELECT candidate, CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * 420
    ELSE sum(abs(quantity) * units_per_act) END AS units
  FROM (
    SELECT b.candidate, a.service, max(a.units_per_act) AS units_per_act,
      sum(a.quantity) AS quantity, sum(a.lines) AS lines, sum(a.quantity_lines) AS quantity_lines
    FROM whole a JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover GROUP BY b.candidate, a.service)
  GROUP BY candidate) WHERE units < 4620
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 0
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON a.key_care_lag = b.key_care_lag AND a.key_region = b.key_region AND a.key_age_band = b.key_age_band AND a.key_sex = b.key_sex AND a.key_service = b.key_service AND a.key_provider_specialty = b.key_provider_specialty AND a.key_provider_activity = b.key_provider_activity AND a.key_exemption = b.key_exemption AND a.key_insurance = b.key_insurance AND a.key_facility_type = b.key_facility_type AND a.key_supplement = b.key_supplement AND a.key_complementary_cover = b.key_complementary_cover)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 0)
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 1
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON a.key_care_lag = b.key_care_lag AND a.key_region = b.key_region AND a.key_age_band = b.key_age_band AND a.key_sex = b.key_sex AND a.key_service = b.key_service AND a.key_provider_specialty = b.key_provider_specialty AND a.key_provider_activity = b.key_provider_activity AND a.key_exemption = b.key_exemption AND a.key_insurance = b.key_insurance AND a.key_facility_type = b.key_facility_type AND a.key_supplement = b.key_supplement AND a.key_complementary_cover = b.key_complementary_cover)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 1)
;
-- name: what stays pending
CREATE TABLE left_over AS
SELECT a.* EXCLUDE (crowded),
  greatest(a.crowded, CASE WHEN h.candidate IS NULL THEN 0 ELSE 2 END)::TINYINT AS crowded
FROM pending a LEFT JOIN safe b ON a.care_lag = b.key_care_lag AND a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service = b.key_service AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption = b.key_exemption AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover LEFT JOIN held h USING (candidate)
WHERE b.candidate IS NULL OR h.candidate IS NOT NULL
;
DELETE FROM safe WHERE candidate IN (SELECT candidate FROM held);
INSERT INTO block SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all, lines, quantity_lines, units, 0 FROM safe;
INSERT INTO standing
SELECT b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, coalesce(code_of_service.service_group, b.service), coalesce(code_of_exemption.exemption_group, b.exemption), units_per_act, b.quantity, b.charged, b.reimbursed, b.excess_fees, b.reimbursement_base, b.reimbursed_all, b.units, 1000000
FROM safe b LEFT JOIN code_of_service ON code_of_service.service = b.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = b.exemption
;
DROP TABLE pending;
ALTER TABLE left_over RENAME TO pending;
DROP TABLE held;
DROP TABLE IF EXISTS near;
DROP TABLE safe;
DROP TABLE step;
-- name: pending atoms by what is kept, and service
CREATE TABLE step AS
SELECT region AS key_region, age_band AS key_age_band, sex AS key_sex, service_group AS key_service_group, provider_specialty AS key_provider_specialty, provider_activity AS key_provider_activity, exemption_group AS key_exemption_group, insurance AS key_insurance, facility_type AS key_facility_type, supplement AS key_supplement, complementary_cover AS key_complementary_cover, min(care_lag) AS least_care_lag, max(care_lag) AS most_care_lag, min(region) AS least_region, max(region) AS most_region, min(age_band) AS least_age_band, max(age_band) AS most_age_band, min(sex) AS least_sex, max(sex) AS most_sex, min(service) AS least_service, max(service) AS most_service, min(provider_specialty) AS least_provider_specialty, max(provider_specialty) AS most_provider_specialty, min(provider_activity) AS least_provider_activity, max(provider_activity) AS most_provider_activity, min(exemption) AS least_exemption, max(exemption) AS most_exemption, min(insurance) AS least_insurance, max(insurance) AS most_insurance, min(facility_type) AS least_facility_type, max(facility_type) AS most_facility_type, min(supplement) AS least_supplement, max(supplement) AS most_supplement, min(complementary_cover) AS least_complementary_cover, max(complementary_cover) AS most_complementary_cover, min(service_group) AS least_service_group, max(service_group) AS most_service_group, min(exemption_group) AS least_exemption_group, max(exemption_group) AS most_exemption_group, service AS origin, max(units_per_act) AS units_per_act, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines,
  max(crowded) AS crowded
FROM pending GROUP BY region, age_band, sex, service_group, provider_specialty, provider_activity, exemption_group, insurance, facility_type, supplement, complementary_cover, service
;
-- name: groups that are safe now
CREATE TABLE safe AS
SELECT key_region, key_age_band, key_sex, key_service_group, key_provider_specialty, key_provider_activity, key_exemption_group, key_insurance, key_facility_type, key_supplement, key_complementary_cover, -2 AS care_lag, CASE WHEN min(least_region) = max(most_region) THEN min(least_region) ELSE -2 END AS region, CASE WHEN min(least_age_band) = max(most_age_band) THEN min(least_age_band) ELSE -2 END AS age_band, CASE WHEN min(least_sex) = max(most_sex) THEN min(least_sex) ELSE -2 END AS sex, min(least_service_group) AS service, CASE WHEN min(least_provider_specialty) = max(most_provider_specialty) THEN min(least_provider_specialty) ELSE -2 END AS provider_specialty, CASE WHEN min(least_provider_activity) = max(most_provider_activity) THEN min(least_provider_activity) ELSE -2 END AS provider_activity, min(least_exemption_group) AS exemption, CASE WHEN min(least_insurance) = max(most_insurance) THEN min(least_insurance) ELSE -2 END AS insurance, CASE WHEN min(least_facility_type) = max(most_facility_type) THEN min(least_facility_type) ELSE -2 END AS facility_type, CASE WHEN min(least_supplement) = max(most_supplement) THEN min(least_supplement) ELSE -2 END AS supplement, CASE WHEN min(least_complementary_cover) = max(most_complementary_cover) THEN min(least_complementary_cover) ELSE -2 END AS complementary_cover, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines, CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * 420)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END AS units, max(crowded) AS crowded,
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
 UNION SELECT candidate FROM (
  SELECT candidate, CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * 420
    ELSE sum(abs(quantity) * units_per_act) END AS units
  FROM (
    SELECT b.candidate, a.service, max(a.units_per_act) AS units_per_act,
      sum(a.quantity) AS quantity, sum(a.lines) AS lines, sum(a.quantity_lines) AS quantity_lines
    FROM whole a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover GROUP BY b.candidate, a.service)
  GROUP BY candidate) WHERE units < 4620
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 0
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON a.key_region = b.key_region AND a.key_age_band = b.key_age_band AND a.key_sex = b.key_sex AND a.key_service_group = b.key_service_group AND a.key_provider_specialty = b.key_provider_specialty AND a.key_provider_activity = b.key_provider_activity AND a.key_exemption_group = b.key_exemption_group AND a.key_insurance = b.key_insurance AND a.key_facility_type = b.key_facility_type AND a.key_supplement = b.key_supplement AND a.key_complementary_cover = b.key_complementary_cover)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 0)
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 1
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON a.key_region = b.key_region AND a.key_age_band = b.key_age_band AND a.key_sex = b.key_sex AND a.key_service_group = b.key_service_group AND a.key_provider_specialty = b.key_provider_specialty AND a.key_provider_activity = b.key_provider_activity AND a.key_exemption_group = b.key_exemption_group AND a.key_insurance = b.key_insurance AND a.key_facility_type = b.key_facility_type AND a.key_supplement = b.key_supplement AND a.key_complementary_cover = b.key_complementary_cover)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON a.region = b.key_region AND a.age_band = b.key_age_band AND a.sex = b.key_sex AND a.service_group = b.key_service_group AND a.provider_specialty = b.key_provider_specialty AND a.provider_activity = b.key_provider_activity AND a.exemption_group = b.key_exemption_group AND a.insurance = b.key_insurance AND a.facility_type = b.key_facility_type AND a.supplement = b.key_supplement AND a.complementary_cover = b.key_complementary_cover WHERE a.ordinal >= 1)
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
INSERT INTO standing
SELECT b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, coalesce(code_of_service.service_group, b.service), coalesce(code_of_exemption.exemption_group, b.exemption), units_per_act, b.quantity, b.charged, b.reimbursed, b.excess_fees, b.reimbursement_base, b.reimbursed_all, b.units, 1000000
FROM safe b LEFT JOIN code_of_service ON code_of_service.service = b.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = b.exemption
;
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
SELECT -2 AS care_lag, -2 AS region, -2 AS age_band, -2 AS sex, -2 AS service, -2 AS provider_specialty, -2 AS provider_activity, -2 AS exemption, -2 AS insurance, -2 AS facility_type, -2 AS supplement, -2 AS complementary_cover, sum(quantity)::BIGINT AS quantity, sum(charged)::BIGINT AS charged, sum(reimbursed)::BIGINT AS reimbursed, sum(excess_fees)::BIGINT AS excess_fees, sum(reimbursement_base)::BIGINT AS reimbursement_base, sum(reimbursed_all)::BIGINT AS reimbursed_all, sum(lines)::BIGINT AS lines, sum(quantity_lines)::BIGINT AS quantity_lines, CASE WHEN sum(quantity_lines) = 0 THEN (sum(lines) * 420)::BIGINT ELSE (sum(abs(quantity) * units_per_act))::BIGINT END AS units, max(crowded) AS crowded,
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
 UNION SELECT candidate FROM (
  SELECT candidate, CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * 420
    ELSE sum(abs(quantity) * units_per_act) END AS units
  FROM (
    SELECT b.candidate, a.service, max(a.units_per_act) AS units_per_act,
      sum(a.quantity) AS quantity, sum(a.lines) AS lines, sum(a.quantity_lines) AS quantity_lines
    FROM whole a JOIN safe b ON true GROUP BY b.candidate, a.service)
  GROUP BY candidate) WHERE units < 4620
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON true WHERE a.ordinal >= 0
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON true)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON true WHERE a.ordinal >= 0)
 UNION SELECT candidate FROM (
  SELECT candidate, sum(abs(acts) * units_per_act) AS known, sum(unknown) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
  FROM (
    SELECT candidate, service, max(units_per_act) AS units_per_act,
      sum(CASE WHEN units_per_act IS NULL THEN 0 ELSE quantity END) AS acts,
      sum(CASE WHEN units_per_act IS NULL OR quantity = 0 THEN units ELSE 0 END) AS unknown, sum(quantity) AS quantity, sum(charged) AS charged, sum(reimbursed) AS reimbursed, sum(excess_fees) AS excess_fees, sum(reimbursement_base) AS reimbursement_base, sum(reimbursed_all) AS reimbursed_all
    FROM (
      SELECT b.candidate, a.service, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, a.units
      FROM standing a JOIN safe b ON true WHERE a.ordinal >= 1
      UNION ALL
      SELECT b.candidate, a.origin, a.units_per_act, a.quantity, a.charged, a.reimbursed, a.excess_fees, a.reimbursement_base, a.reimbursed_all, 0
      FROM step a JOIN safe b ON true)
    GROUP BY candidate, service)
  GROUP BY candidate)
WHERE coalesce(known, 0) < 4620 + unknown AND NOT (quantity = 0 AND charged = 0 AND reimbursed = 0 AND excess_fees = 0 AND reimbursement_base = 0 AND reimbursed_all = 0)
  AND candidate IN (SELECT b.candidate FROM standing a JOIN safe b ON true WHERE a.ordinal >= 1)
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
INSERT INTO standing
SELECT b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, coalesce(code_of_service.service_group, b.service), coalesce(code_of_exemption.exemption_group, b.exemption), units_per_act, b.quantity, b.charged, b.reimbursed, b.excess_fees, b.reimbursement_base, b.reimbursed_all, b.units, 1000000
FROM safe b LEFT JOIN code_of_service ON code_of_service.service = b.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = b.exemption
;
DROP TABLE pending;
ALTER TABLE left_over RENAME TO pending;
DROP TABLE held;
DROP TABLE IF EXISTS near;
DROP TABLE safe;
DROP TABLE step;
-- name: contributors of the new file
SELECT CASE WHEN sum(quantity_lines) = 0 THEN sum(lines) * 420
  ELSE sum(abs(quantity) * units_per_act) END::BIGINT AS units
FROM (
  SELECT service, max(units_per_act) AS units_per_act, sum(quantity) AS quantity,
    sum(lines) AS lines, sum(quantity_lines) AS quantity_lines
  FROM whole GROUP BY service)
