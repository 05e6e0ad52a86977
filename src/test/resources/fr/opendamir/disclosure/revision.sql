-- name: the whole new file
CREATE TABLE whole AS SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, (exemption_class * 2 + (service_group = -10 AND care_lag NOT IN (0, 1))::INTEGER) AS apart, service AS origin, per_act,
  CASE WHEN per_count = 0 THEN per_act ELSE per_count END AS per_count, pattern,
  quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, quantity AS acts,
  CASE WHEN per_count = 0 THEN quantity ELSE counted END AS counted, bare,
  charged, reimbursed, top_charged, top_reimbursed, (hash(care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover)::HUGEINT - 9223372036854775808)::BIGINT AS atom
FROM (SELECT *, greatest(sorted_1, 0) - greatest(sorted_2, 0) + least(sorted_1, 0) - 0 AS layer_1, greatest(sorted_2, 0) - greatest(sorted_3, 0) + least(sorted_2, 0) - least(sorted_1, 0) AS layer_2, greatest(sorted_3, 0) - greatest(sorted_4, 0) + least(sorted_3, 0) - least(sorted_2, 0) AS layer_3, greatest(sorted_4, 0) - 0 + least(sorted_4, 0) - least(sorted_3, 0) AS layer_4, excess_fees AS of_excess_fees FROM (SELECT *, greatest(high_1, high_2) AS sorted_1,
  greatest(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_2,
  least(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_3,
  least(low_1, low_2) AS sorted_4
FROM (SELECT *, greatest((charged - excess_fees), reimbursed) AS high_1, least((charged - excess_fees), reimbursed) AS low_1,
  greatest(reimbursement_base, reimbursed_all) AS high_2, least(reimbursement_base, reimbursed_all) AS low_2 FROM new_line_sum))
 JOIN (
  SELECT traits, (greatest(0, least((charged - excess_fees)) - greatest(0, reimbursed, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 1 + (greatest(0, least(reimbursed) - greatest(0, (charged - excess_fees), reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 2 + (greatest(0, least((charged - excess_fees), reimbursed) - greatest(0, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 4 + (greatest(0, least(reimbursement_base) - greatest(0, (charged - excess_fees), reimbursed, reimbursed_all)) <> 0)::BIGINT * 8 + (greatest(0, least((charged - excess_fees), reimbursement_base) - greatest(0, reimbursed, reimbursed_all)) <> 0)::BIGINT * 16 + (greatest(0, least(reimbursed, reimbursement_base) - greatest(0, (charged - excess_fees), reimbursed_all)) <> 0)::BIGINT * 32 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursement_base) - greatest(0, reimbursed_all)) <> 0)::BIGINT * 64 + (greatest(0, least(reimbursed_all) - greatest(0, (charged - excess_fees), reimbursed, reimbursement_base)) <> 0)::BIGINT * 128 + (greatest(0, least((charged - excess_fees), reimbursed_all) - greatest(0, reimbursed, reimbursement_base)) <> 0)::BIGINT * 256 + (greatest(0, least(reimbursed, reimbursed_all) - greatest(0, (charged - excess_fees), reimbursement_base)) <> 0)::BIGINT * 512 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursed_all) - greatest(0, reimbursement_base)) <> 0)::BIGINT * 1024 + (greatest(0, least(reimbursement_base, reimbursed_all) - greatest(0, (charged - excess_fees), reimbursed)) <> 0)::BIGINT * 2048 + (greatest(0, least((charged - excess_fees), reimbursement_base, reimbursed_all) - greatest(0, reimbursed)) <> 0)::BIGINT * 4096 + (greatest(0, least(reimbursed, reimbursement_base, reimbursed_all) - greatest(0, (charged - excess_fees))) <> 0)::BIGINT * 8192 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursement_base, reimbursed_all) - greatest(0)) <> 0)::BIGINT * 16384 + (least(0, greatest((charged - excess_fees)) - least(0, reimbursed, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 32768 + (least(0, greatest(reimbursed) - least(0, (charged - excess_fees), reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 65536 + (least(0, greatest((charged - excess_fees), reimbursed) - least(0, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 131072 + (least(0, greatest(reimbursement_base) - least(0, (charged - excess_fees), reimbursed, reimbursed_all)) <> 0)::BIGINT * 262144 + (least(0, greatest((charged - excess_fees), reimbursement_base) - least(0, reimbursed, reimbursed_all)) <> 0)::BIGINT * 524288 + (least(0, greatest(reimbursed, reimbursement_base) - least(0, (charged - excess_fees), reimbursed_all)) <> 0)::BIGINT * 1048576 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursement_base) - least(0, reimbursed_all)) <> 0)::BIGINT * 2097152 + (least(0, greatest(reimbursed_all) - least(0, (charged - excess_fees), reimbursed, reimbursement_base)) <> 0)::BIGINT * 4194304 + (least(0, greatest((charged - excess_fees), reimbursed_all) - least(0, reimbursed, reimbursement_base)) <> 0)::BIGINT * 8388608 + (least(0, greatest(reimbursed, reimbursed_all) - least(0, (charged - excess_fees), reimbursement_base)) <> 0)::BIGINT * 16777216 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursed_all) - least(0, reimbursement_base)) <> 0)::BIGINT * 33554432 + (least(0, greatest(reimbursement_base, reimbursed_all) - least(0, (charged - excess_fees), reimbursed)) <> 0)::BIGINT * 67108864 + (least(0, greatest((charged - excess_fees), reimbursement_base, reimbursed_all) - least(0, reimbursed)) <> 0)::BIGINT * 134217728 + (least(0, greatest(reimbursed, reimbursement_base, reimbursed_all) - least(0, (charged - excess_fees))) <> 0)::BIGINT * 268435456 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursement_base, reimbursed_all) - least(0)) <> 0)::BIGINT * 536870912 + (excess_fees <> 0)::BIGINT * 1073741824 AS pattern FROM (SELECT DISTINCT ON (traits) * FROM new_line_sum)) USING (traits))
 JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption)
;
CREATE TABLE IF NOT EXISTS content (block BIGINT, ordinal INTEGER, layer INTEGER, care_lag INTEGER, region INTEGER, age_band INTEGER, sex INTEGER, service INTEGER, provider_specialty INTEGER, provider_activity INTEGER, exemption INTEGER, insurance INTEGER, facility_type INTEGER, supplement INTEGER, complementary_cover INTEGER,
  apart INTEGER, origin INTEGER, per_act BIGINT, per_count BIGINT, pattern BIGINT, quantity BIGINT, layer_1 BIGINT, layer_2 BIGINT, layer_3 BIGINT, layer_4 BIGINT, of_excess_fees BIGINT, acts BIGINT, counted BIGINT, bare BIGINT)
;
CREATE TABLE piece AS SELECT * FROM content LIMIT 0;
CREATE TYPE rank_of_care_lag AS ENUM (SELECT code::VARCHAR FROM (
  SELECT care_lag AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_region AS ENUM (SELECT code::VARCHAR FROM (
  SELECT region AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_age_band AS ENUM (SELECT code::VARCHAR FROM (
  SELECT age_band AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_sex AS ENUM (SELECT code::VARCHAR FROM (
  SELECT sex AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_service AS ENUM (SELECT code::VARCHAR FROM (
  SELECT service AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_provider_specialty AS ENUM (SELECT code::VARCHAR FROM (
  SELECT provider_specialty AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_provider_activity AS ENUM (SELECT code::VARCHAR FROM (
  SELECT provider_activity AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_exemption AS ENUM (SELECT code::VARCHAR FROM (
  SELECT exemption AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_insurance AS ENUM (SELECT code::VARCHAR FROM (
  SELECT insurance AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_facility_type AS ENUM (SELECT code::VARCHAR FROM (
  SELECT facility_type AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_supplement AS ENUM (SELECT code::VARCHAR FROM (
  SELECT supplement AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
CREATE TYPE rank_of_complementary_cover AS ENUM (SELECT code::VARCHAR FROM (
  SELECT complementary_cover AS code FROM line_sum UNION SELECT unnest([-1, -2, -10, -11])) ORDER BY code)
;
-- name: the rows of the atoms
CREATE TABLE atom_row AS
SELECT atom, ((enum_code(care_lag::VARCHAR::rank_of_care_lag)::BIGINT << 54) + (enum_code(region::VARCHAR::rank_of_region)::BIGINT << 48) + (enum_code(age_band::VARCHAR::rank_of_age_band)::BIGINT << 42) + (enum_code(sex::VARCHAR::rank_of_sex)::BIGINT << 36) + (enum_code(service::VARCHAR::rank_of_service)::BIGINT << 30) + (enum_code(service_group::VARCHAR::rank_of_service)::BIGINT << 24) + (enum_code(provider_specialty::VARCHAR::rank_of_provider_specialty)::BIGINT << 18) + (enum_code(provider_activity::VARCHAR::rank_of_provider_activity)::BIGINT << 12) + (enum_code(exemption::VARCHAR::rank_of_exemption)::BIGINT << 6) + (enum_code(exemption_group::VARCHAR::rank_of_exemption)::BIGINT << 0))::HUGEINT * 4294967296 + ((enum_code(insurance::VARCHAR::rank_of_insurance)::BIGINT << 26) + (enum_code(facility_type::VARCHAR::rank_of_facility_type)::BIGINT << 20) + (enum_code(supplement::VARCHAR::rank_of_supplement)::BIGINT << 14) + (enum_code(complementary_cover::VARCHAR::rank_of_complementary_cover)::BIGINT << 8) + ((layer + 1)::BIGINT << 3) + ((apart + 1)::BIGINT << 0))::HUGEINT * 1 AS key, layer, origin, per_act, per_count, pattern, quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, acts, counted, bare, charged, reimbursed,
  top_charged, top_reimbursed
FROM (SELECT *, -1 AS layer FROM (SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, (exemption_class * 2 + (service_group = -10 AND care_lag NOT IN (0, 1))::INTEGER) AS apart, service AS origin, per_act,
  CASE WHEN per_count = 0 THEN per_act ELSE per_count END AS per_count, pattern,
  quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, quantity AS acts,
  CASE WHEN per_count = 0 THEN quantity ELSE counted END AS counted, bare,
  charged, reimbursed, top_charged, top_reimbursed, (hash(care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover)::HUGEINT - 9223372036854775808)::BIGINT AS atom
FROM line_sum JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption)
))
;
-- name: the atoms
SELECT atom, origin, (any_value(key) >> 63)::BIGINT AS high, (any_value(key) & 9223372036854775807)::BIGINT AS low,
  sum(acts * per_act)::BIGINT AS units_of_acts,
  sum(counted * per_count)::BIGINT AS units_of_counts, sum(acts)::BIGINT AS acts,
  sum(bare)::BIGINT AS bare, sum(charged)::BIGINT AS charged,
  sum(reimbursed)::BIGINT AS reimbursed, max(top_charged) AS top_charged,
  max(top_reimbursed) AS top_reimbursed
FROM atom_row GROUP BY atom, origin ORDER BY atom
;
SELECT greatest((SELECT coalesce(max(block), 0) FROM content),
  (SELECT coalesce(max(block), 0) FROM piece))
;
CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN member USING (atom);
-- name: the codes that they share
CREATE TABLE safe AS
SELECT candidate, CASE WHEN (different & 4874388904686184832415301632) = 0 THEN enum_range(NULL::rank_of_care_lag)[(common >> 86 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS care_lag, CASE WHEN (different & 76162326635721638006489088) = 0 THEN enum_range(NULL::rank_of_region)[(common >> 80 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS region, CASE WHEN (different & 1190036353683150593851392) = 0 THEN enum_range(NULL::rank_of_age_band)[(common >> 74 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS age_band, CASE WHEN (different & 18594318026299228028928) = 0 THEN enum_range(NULL::rank_of_sex)[(common >> 68 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS sex, CASE WHEN (different & 290536219160925437952) = 0 THEN enum_range(NULL::rank_of_service)[(common >> 62 & 63)::INTEGER + 1]::INTEGER WHEN (different & 4539628424389459968) = 0 THEN enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS service, CASE WHEN (different & 70931694131085312) = 0 THEN enum_range(NULL::rank_of_provider_specialty)[(common >> 50 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS provider_specialty, CASE WHEN (different & 1108307720798208) = 0 THEN enum_range(NULL::rank_of_provider_activity)[(common >> 44 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS provider_activity, CASE WHEN (different & 17317308137472) = 0 THEN enum_range(NULL::rank_of_exemption)[(common >> 38 & 63)::INTEGER + 1]::INTEGER WHEN (different & 270582939648) = 0 THEN enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS exemption, CASE WHEN (different & 4227858432) = 0 THEN enum_range(NULL::rank_of_insurance)[(common >> 26 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS insurance, CASE WHEN (different & 66060288) = 0 THEN enum_range(NULL::rank_of_facility_type)[(common >> 20 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS facility_type, CASE WHEN (different & 1032192) = 0 THEN enum_range(NULL::rank_of_supplement)[(common >> 14 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS supplement, CASE WHEN (different & 16128) = 0 THEN enum_range(NULL::rank_of_complementary_cover)[(common >> 8 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, true AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: groups that are held back
CREATE TABLE held AS SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum(quantity) <> 0 OR sum((CASE WHEN pattern & -1 & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
;
DELETE FROM member WHERE candidate IN (SELECT candidate FROM held);
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost UNION ALL (SELECT DISTINCT candidate, shown FROM (SELECT candidate, shown, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, shown, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, shown, since, by_rates, by_codes, origin) GROUP BY candidate, shown, since, by_rates, by_codes
) JOIN (
  SELECT candidate, shown, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & shown & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, shown, since, by_rates, by_codes)
WHERE units < 4620
)) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 2, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 2, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
FROM taken JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824)) p(layer, bit) ON taken & p.bit <> 0
;
DROP TABLE coded;
DROP TABLE lost;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE IF EXISTS held;
CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN member USING (atom);
-- name: the codes that they share
CREATE TABLE safe AS
SELECT candidate, -2 AS care_lag, enum_range(NULL::rank_of_region)[(common >> 80 & 63)::INTEGER + 1]::INTEGER AS region, enum_range(NULL::rank_of_age_band)[(common >> 74 & 63)::INTEGER + 1]::INTEGER AS age_band, enum_range(NULL::rank_of_sex)[(common >> 68 & 63)::INTEGER + 1]::INTEGER AS sex, enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER AS service, enum_range(NULL::rank_of_provider_specialty)[(common >> 50 & 63)::INTEGER + 1]::INTEGER AS provider_specialty, enum_range(NULL::rank_of_provider_activity)[(common >> 44 & 63)::INTEGER + 1]::INTEGER AS provider_activity, enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER AS exemption, enum_range(NULL::rank_of_insurance)[(common >> 26 & 63)::INTEGER + 1]::INTEGER AS insurance, enum_range(NULL::rank_of_facility_type)[(common >> 20 & 63)::INTEGER + 1]::INTEGER AS facility_type, enum_range(NULL::rank_of_supplement)[(common >> 14 & 63)::INTEGER + 1]::INTEGER AS supplement, enum_range(NULL::rank_of_complementary_cover)[(common >> 8 & 63)::INTEGER + 1]::INTEGER AS complementary_cover, enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER AS service_group, enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER AS exemption_group, ((common >> 0 & 7)::INTEGER - 1) AS key_apart, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, a.apart = b.key_apart AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service_group = b.service_group AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption_group = b.exemption_group AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, a.apart = b.key_apart, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service_group = b.service_group AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption_group = b.exemption_group AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: groups that are held back
CREATE TABLE held AS SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum(quantity) <> 0 OR sum((CASE WHEN pattern & -1 & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
 UNION SELECT * FROM (
  SELECT candidate FROM member_row EXCEPT (SELECT candidate FROM (SELECT candidate, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT m.* FROM member_row m JOIN (
  SELECT candidate, arg_max(atom, {'units': units, 'atom': atom}) AS largest
  FROM (SELECT candidate, atom, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, atom, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM member_row GROUP BY candidate, atom, origin) GROUP BY candidate, atom
) GROUP BY candidate) USING (candidate) WHERE atom <> largest)
 GROUP BY candidate, origin) GROUP BY candidate
) WHERE units >= 4620))
;
DELETE FROM member WHERE candidate IN (SELECT candidate FROM held);
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost UNION ALL (SELECT DISTINCT candidate, shown FROM (SELECT candidate, shown, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, shown, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, shown, since, by_rates, by_codes, origin) GROUP BY candidate, shown, since, by_rates, by_codes
) JOIN (
  SELECT candidate, shown, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & shown & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, shown, since, by_rates, by_codes)
WHERE units < 4620
 UNION SELECT * FROM (
  SELECT candidate, bits FROM (SELECT member_row.*, bits FROM member_row CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, bits) WHERE index >= 0 AND pattern & bits <> 0) EXCEPT (SELECT candidate, bits FROM (SELECT candidate, bits, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, bits, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT m.* FROM (SELECT member_row.*, bits FROM member_row CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, bits) WHERE index >= 0 AND pattern & bits <> 0) m JOIN (
  SELECT candidate, bits, arg_max(atom, {'units': units, 'atom': atom}) AS largest
  FROM (SELECT candidate, bits, atom, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, bits, atom, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT member_row.*, bits FROM member_row CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, bits) WHERE index >= 0 AND pattern & bits <> 0) GROUP BY candidate, bits, atom, origin) GROUP BY candidate, bits, atom
) GROUP BY candidate, bits) USING (candidate, bits) WHERE atom <> largest)
 GROUP BY candidate, bits, origin) GROUP BY candidate, bits
) WHERE units >= 4620))
)) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 2, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 2, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
FROM taken JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824)) p(layer, bit) ON taken & p.bit <> 0
;
DROP TABLE coded;
DROP TABLE lost;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE IF EXISTS held;
-- name: the merged block
CREATE TABLE safe AS
SELECT -2 AS care_lag, -2 AS region, -2 AS age_band, -2 AS sex, -2 AS service, -2 AS provider_specialty, -2 AS provider_activity, -2 AS exemption, -2 AS insurance, -2 AS facility_type, -2 AS supplement, -2 AS complementary_cover, -1 AS apart, layers,
  1 + greatest((SELECT coalesce(max(block), 0) FROM content),
    (SELECT coalesce(max(block), 0) FROM piece)) AS candidate
FROM (SELECT bit_or(pattern) FILTER (layer >= 0) AS layers FROM remainder)
;
CREATE TEMPORARY VIEW member_row AS SELECT candidate, remainder.* FROM remainder, safe;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, true AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true
UNION ALL
SELECT candidate, true, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (0, false, true), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (0, false, true), (1, false, true)) r(since, by_rates, by_codes) WHERE layer < 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum(quantity) <> 0 OR sum((CASE WHEN pattern & -1 & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & -1 & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & -1 & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & -1 & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & -1 & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost UNION ALL (SELECT DISTINCT candidate, shown FROM (SELECT candidate, shown, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, shown, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, shown, since, by_rates, by_codes, origin) GROUP BY candidate, shown, since, by_rates, by_codes
) JOIN (
  SELECT candidate, shown, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) CROSS JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824), (-1, 1789580629), (-1, 1503245107), (-1, 715838805), (-1, 1452715309), (-1, 1433053909), (-1, 859006566), (-1, 1932748390), (-1, 252648990), (-1, 217258470), (-1, 2084337784), (-1, 2143321984), (-1, 1010595960), (-1, 66848760), (-1, 1069580160)) p(index, shown) WHERE pattern & shown <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & shown & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & shown & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & shown & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & shown & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & shown & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, shown, since, by_rates, by_codes)
WHERE units < 4620
)) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 2, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 2, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
FROM taken JOIN (VALUES (-1, 0), (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384), (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608), (24, 16777216), (25, 33554432), (26, 67108864), (27, 134217728), (28, 268435456), (29, 536870912), (30, 1073741824)) p(layer, bit) ON taken & p.bit <> 0
;
DROP TABLE coded;
DROP TABLE lost;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE remainder;
DROP TABLE pending;
DROP TABLE atom_row;
-- name: the rows of the atoms
CREATE TABLE atom_row AS
SELECT atom, ((enum_code(care_lag::VARCHAR::rank_of_care_lag)::BIGINT << 54) + (enum_code(region::VARCHAR::rank_of_region)::BIGINT << 48) + (enum_code(age_band::VARCHAR::rank_of_age_band)::BIGINT << 42) + (enum_code(sex::VARCHAR::rank_of_sex)::BIGINT << 36) + (enum_code(service::VARCHAR::rank_of_service)::BIGINT << 30) + (enum_code(service_group::VARCHAR::rank_of_service)::BIGINT << 24) + (enum_code(provider_specialty::VARCHAR::rank_of_provider_specialty)::BIGINT << 18) + (enum_code(provider_activity::VARCHAR::rank_of_provider_activity)::BIGINT << 12) + (enum_code(exemption::VARCHAR::rank_of_exemption)::BIGINT << 6) + (enum_code(exemption_group::VARCHAR::rank_of_exemption)::BIGINT << 0))::HUGEINT * 4294967296 + ((enum_code(insurance::VARCHAR::rank_of_insurance)::BIGINT << 26) + (enum_code(facility_type::VARCHAR::rank_of_facility_type)::BIGINT << 20) + (enum_code(supplement::VARCHAR::rank_of_supplement)::BIGINT << 14) + (enum_code(complementary_cover::VARCHAR::rank_of_complementary_cover)::BIGINT << 8) + ((layer + 1)::BIGINT << 3) + ((apart + 1)::BIGINT << 0))::HUGEINT * 1 AS key, layer, origin, per_act, per_count, pattern, quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, acts, counted, bare, charged, reimbursed,
  top_charged, top_reimbursed
FROM (SELECT layer, piece.care_lag, piece.region, piece.age_band, piece.sex, piece.service, piece.provider_specialty, piece.provider_activity, piece.exemption, piece.insurance, piece.facility_type, piece.supplement, piece.complementary_cover, coalesce(service_group, piece.service) AS service_group, coalesce(exemption_group, piece.exemption) AS exemption_group, apart, origin, piece.per_act, piece.per_count, pattern, quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, acts, counted, bare,
  0::BIGINT AS charged, 0::BIGINT AS reimbursed, 0::BIGINT AS top_charged,
  0::BIGINT AS top_reimbursed, (hash(block, layer)::HUGEINT - 9223372036854775808)::BIGINT AS atom
FROM piece LEFT JOIN code_of_service ON code_of_service.service = piece.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = piece.exemption
)
;
-- name: the atoms
SELECT atom, origin, (any_value(key) >> 63)::BIGINT AS high, (any_value(key) & 9223372036854775807)::BIGINT AS low,
  sum(acts * per_act)::BIGINT AS units_of_acts,
  sum(counted * per_count)::BIGINT AS units_of_counts, sum(acts)::BIGINT AS acts,
  sum(bare)::BIGINT AS bare, sum(charged)::BIGINT AS charged,
  sum(reimbursed)::BIGINT AS reimbursed, max(top_charged) AS top_charged,
  max(top_reimbursed) AS top_reimbursed
FROM atom_row GROUP BY atom, origin ORDER BY atom
;
SELECT greatest((SELECT coalesce(max(block), 0) FROM content),
  (SELECT coalesce(max(block), 0) FROM piece))
;
CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN member USING (atom);
-- name: the codes that they share
CREATE TABLE safe AS
SELECT candidate, CASE WHEN (different & 4874388904686184832415301632) = 0 THEN enum_range(NULL::rank_of_care_lag)[(common >> 86 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS care_lag, CASE WHEN (different & 76162326635721638006489088) = 0 THEN enum_range(NULL::rank_of_region)[(common >> 80 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS region, CASE WHEN (different & 1190036353683150593851392) = 0 THEN enum_range(NULL::rank_of_age_band)[(common >> 74 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS age_band, CASE WHEN (different & 18594318026299228028928) = 0 THEN enum_range(NULL::rank_of_sex)[(common >> 68 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS sex, CASE WHEN (different & 290536219160925437952) = 0 THEN enum_range(NULL::rank_of_service)[(common >> 62 & 63)::INTEGER + 1]::INTEGER WHEN (different & 4539628424389459968) = 0 THEN enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS service, CASE WHEN (different & 70931694131085312) = 0 THEN enum_range(NULL::rank_of_provider_specialty)[(common >> 50 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS provider_specialty, CASE WHEN (different & 1108307720798208) = 0 THEN enum_range(NULL::rank_of_provider_activity)[(common >> 44 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS provider_activity, CASE WHEN (different & 17317308137472) = 0 THEN enum_range(NULL::rank_of_exemption)[(common >> 38 & 63)::INTEGER + 1]::INTEGER WHEN (different & 270582939648) = 0 THEN enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS exemption, CASE WHEN (different & 4227858432) = 0 THEN enum_range(NULL::rank_of_insurance)[(common >> 26 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS insurance, CASE WHEN (different & 66060288) = 0 THEN enum_range(NULL::rank_of_facility_type)[(common >> 20 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS facility_type, CASE WHEN (different & 1032192) = 0 THEN enum_range(NULL::rank_of_supplement)[(common >> 14 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS supplement, CASE WHEN (different & 16128) = 0 THEN enum_range(NULL::rank_of_complementary_cover)[(common >> 8 & 63)::INTEGER + 1]::INTEGER ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, true AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: groups that are held back
CREATE TABLE held AS SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & bits & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
;
DELETE FROM member WHERE candidate IN (SELECT candidate FROM held);
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
INSERT INTO content
SELECT candidate, 2, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
FROM step a JOIN safe b USING (candidate)
;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE IF EXISTS held;
CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN member USING (atom);
-- name: the codes that they share
CREATE TABLE safe AS
SELECT candidate, -2 AS care_lag, enum_range(NULL::rank_of_region)[(common >> 80 & 63)::INTEGER + 1]::INTEGER AS region, enum_range(NULL::rank_of_age_band)[(common >> 74 & 63)::INTEGER + 1]::INTEGER AS age_band, enum_range(NULL::rank_of_sex)[(common >> 68 & 63)::INTEGER + 1]::INTEGER AS sex, enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER AS service, enum_range(NULL::rank_of_provider_specialty)[(common >> 50 & 63)::INTEGER + 1]::INTEGER AS provider_specialty, enum_range(NULL::rank_of_provider_activity)[(common >> 44 & 63)::INTEGER + 1]::INTEGER AS provider_activity, enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER AS exemption, enum_range(NULL::rank_of_insurance)[(common >> 26 & 63)::INTEGER + 1]::INTEGER AS insurance, enum_range(NULL::rank_of_facility_type)[(common >> 20 & 63)::INTEGER + 1]::INTEGER AS facility_type, enum_range(NULL::rank_of_supplement)[(common >> 14 & 63)::INTEGER + 1]::INTEGER AS supplement, enum_range(NULL::rank_of_complementary_cover)[(common >> 8 & 63)::INTEGER + 1]::INTEGER AS complementary_cover, enum_range(NULL::rank_of_service)[(common >> 56 & 63)::INTEGER + 1]::INTEGER AS service_group, enum_range(NULL::rank_of_exemption)[(common >> 32 & 63)::INTEGER + 1]::INTEGER AS exemption_group, ((common >> 0 & 7)::INTEGER - 1) AS key_apart, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, a.apart = b.key_apart AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service_group = b.service_group AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption_group = b.exemption_group AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, a.apart = b.key_apart, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service_group = b.service_group AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption_group = b.exemption_group AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: groups that are held back
CREATE TABLE held AS SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (-1, false, false), (-1, true, false), (0, false, false), (0, true, false), (0, false, true), (1, false, false), (1, true, false), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & bits & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
 UNION SELECT * FROM (
  SELECT candidate FROM member_row EXCEPT (SELECT candidate FROM (SELECT candidate, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT m.* FROM member_row m JOIN (
  SELECT candidate, arg_max(atom, {'units': units, 'atom': atom}) AS largest
  FROM (SELECT candidate, atom, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, atom, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM member_row GROUP BY candidate, atom, origin) GROUP BY candidate, atom
) GROUP BY candidate) USING (candidate) WHERE atom <> largest)
 GROUP BY candidate, origin) GROUP BY candidate
) WHERE units >= 4620))
;
DELETE FROM member WHERE candidate IN (SELECT candidate FROM held);
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
INSERT INTO content
SELECT candidate, 2, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
FROM step a JOIN safe b USING (candidate)
;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE IF EXISTS held;
-- name: the merged block
CREATE TABLE safe AS
SELECT -2 AS care_lag, -2 AS region, -2 AS age_band, -2 AS sex, -2 AS service, -2 AS provider_specialty, -2 AS provider_activity, -2 AS exemption, -2 AS insurance, -2 AS facility_type, -2 AS supplement, -2 AS complementary_cover, -1 AS apart, layers,
  1 + greatest((SELECT coalesce(max(block), 0) FROM content),
    (SELECT coalesce(max(block), 0) FROM piece)) AS candidate
FROM (SELECT bit_or(pattern) FILTER (layer >= 0) AS layers FROM remainder)
;
CREATE TEMPORARY VIEW member_row AS SELECT candidate, remainder.* FROM remainder, safe;
-- name: the new file and published blocks under the codes of each change, and the change
CREATE TABLE compared AS
SELECT candidate, true AS same_rates, false AS same_codes, b.layers AS bits, -1 AS layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern,
  -1 AS ordinal, false AS is_change
FROM whole a JOIN safe b ON true
UNION ALL
SELECT candidate, true, true AND a.care_lag = b.care_lag AND a.region = b.region AND a.age_band = b.age_band AND a.sex = b.sex AND a.service = b.service AND a.provider_specialty = b.provider_specialty AND a.provider_activity = b.provider_activity AND a.exemption = b.exemption AND a.insurance = b.insurance AND a.facility_type = b.facility_type AND a.supplement = b.supplement AND a.complementary_cover = b.complementary_cover, b.layers, layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, ordinal, false
FROM (SELECT content.* REPLACE (CASE WHEN ordinal = 0 THEN bare ELSE -bare END AS bare), coalesce(service_group, content.service) AS service_group, coalesce(exemption_group, content.exemption) AS exemption_group
  FROM content LEFT JOIN code_of_service ON code_of_service.service = content.service LEFT JOIN code_of_exemption ON code_of_exemption.exemption = content.exemption) a JOIN safe b ON true
UNION ALL
SELECT candidate, true, true, b.layers, a.layer, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare, a.origin, a.per_act, a.per_count, a.pattern, 2, true
FROM (SELECT * REPLACE (-bare AS bare) FROM member_row) a JOIN safe b USING (candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
SELECT DISTINCT candidate FROM (SELECT candidate, since, by_rates, by_codes, CASE WHEN sum(units) > 0 THEN least(sum(units), 3 * max(units)) ELSE sum(bare) * 140 END::BIGINT AS units, CASE WHEN sum(units) > 0 THEN sum(units) ELSE sum(bare) * 140 END::BIGINT AS uncapped FROM (
  SELECT candidate, since, by_rates, by_codes, origin, sum(bare) AS bare, least(abs(sum(acts)) * any_value(per_act), abs(sum(counted)) * any_value(per_count)) AS units FROM (SELECT * FROM compared CROSS JOIN (VALUES (0, false, true), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY candidate, since, by_rates, by_codes, origin) GROUP BY candidate, since, by_rates, by_codes
) JOIN (
  SELECT candidate, since, by_rates, by_codes FROM (SELECT * FROM compared CROSS JOIN (VALUES (0, false, true), (1, false, true)) r(since, by_rates, by_codes) WHERE pattern & bits <> 0
 AND (ordinal < 0) = (since < 0) AND ordinal >= since
 AND same_rates >= by_rates AND same_codes >= by_codes)
 GROUP BY ALL HAVING bool_or(NOT is_change) AND (sum((CASE WHEN pattern & bits & 536870913 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 169869588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 9049152 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 49152 <> 0 THEN layer_4 ELSE 0 END + CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870914 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 304087588 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 17966144 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 81920 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536870920 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 404752432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 68694080 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 278528 <> 0 THEN layer_4 ELSE 0 END)) <> 0 OR sum((CASE WHEN pattern & bits & 536871040 <> 0 THEN layer_1 ELSE 0 END + CASE WHEN pattern & bits & 436210432 <> 0 THEN layer_2 ELSE 0 END + CASE WHEN pattern & bits & 92288000 <> 0 THEN layer_3 ELSE 0 END + CASE WHEN pattern & bits & 4210688 <> 0 THEN layer_4 ELSE 0 END)) <> 0)) USING (candidate, since, by_rates, by_codes)
WHERE units < 4620
;
INSERT INTO content
SELECT candidate, 2, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
FROM step a JOIN safe b USING (candidate)
;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE remainder;
