CREATE TABLE IF NOT EXISTS content (block BIGINT, ordinal INTEGER, layer INTEGER, care_lag INTEGER, region INTEGER, age_band INTEGER, sex INTEGER, service INTEGER, provider_specialty INTEGER, provider_activity INTEGER, exemption INTEGER, insurance INTEGER, facility_type INTEGER, supplement INTEGER, complementary_cover INTEGER,
  apart INTEGER, origin INTEGER, per_act BIGINT, per_count BIGINT, pattern BIGINT, quantity BIGINT, layer_1 BIGINT, layer_2 BIGINT, layer_3 BIGINT, layer_4 BIGINT, of_excess_fees BIGINT, acts BIGINT, counted BIGINT, bare BIGINT)
;
CREATE TABLE piece AS SELECT * FROM content LIMIT 0;
-- name: the rows of the atoms
CREATE TABLE atom_row AS
SELECT atom, (((care_lag + 12)::BIGINT << 53) + ((region + 12)::BIGINT << 46) + ((age_band + 12)::BIGINT << 39) + ((sex + 12)::BIGINT << 32) + ((service + 12)::BIGINT << 25) + ((service_group + 12)::BIGINT << 21) + ((provider_specialty + 12)::BIGINT << 14) + ((provider_activity + 12)::BIGINT << 7) + ((exemption + 12)::BIGINT << 0))::HUGEINT * 1099511627776 + (((exemption_group + 12)::BIGINT << 36) + ((insurance + 12)::BIGINT << 29) + ((facility_type + 12)::BIGINT << 22) + ((supplement + 12)::BIGINT << 15) + ((complementary_cover + 12)::BIGINT << 8) + ((layer + 1)::BIGINT << 3) + ((apart + 1)::BIGINT << 0))::HUGEINT * 1 AS key, layer, origin, per_act, per_count, pattern, quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, acts, counted, bare, charged, reimbursed,
  top_charged, top_reimbursed
FROM (SELECT *, -1 AS layer FROM (SELECT care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, service_group, exemption_group, (exemption_class * 2 + (service_group = -10 AND care_lag NOT IN (0, 1))::INTEGER) AS apart, service AS origin, per_act,
  CASE WHEN per_count = 0 THEN per_act ELSE per_count END AS per_count, pattern,
  quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, quantity AS acts,
  CASE WHEN per_count = 0 THEN quantity ELSE counted END AS counted, bare,
  charged, reimbursed, top_charged, top_reimbursed, (hash(care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover)::HUGEINT - 9223372036854775808)::BIGINT AS atom
FROM (SELECT *, greatest(sorted_1, 0) - greatest(sorted_2, 0) + least(sorted_1, 0) - 0 AS layer_1, greatest(sorted_2, 0) - greatest(sorted_3, 0) + least(sorted_2, 0) - least(sorted_1, 0) AS layer_2, greatest(sorted_3, 0) - greatest(sorted_4, 0) + least(sorted_3, 0) - least(sorted_2, 0) AS layer_3, greatest(sorted_4, 0) - 0 + least(sorted_4, 0) - least(sorted_3, 0) AS layer_4, excess_fees AS of_excess_fees FROM (SELECT *, greatest(high_1, high_2) AS sorted_1,
  greatest(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_2,
  least(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_3,
  least(low_1, low_2) AS sorted_4
FROM (SELECT *, greatest((charged - excess_fees), reimbursed) AS high_1, least((charged - excess_fees), reimbursed) AS low_1,
  greatest(reimbursement_base, reimbursed_all) AS high_2, least(reimbursement_base, reimbursed_all) AS low_2 FROM line_sum))
 JOIN (
  SELECT traits, (greatest(0, least((charged - excess_fees)) - greatest(0, reimbursed, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 1 + (greatest(0, least(reimbursed) - greatest(0, (charged - excess_fees), reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 2 + (greatest(0, least((charged - excess_fees), reimbursed) - greatest(0, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 4 + (greatest(0, least(reimbursement_base) - greatest(0, (charged - excess_fees), reimbursed, reimbursed_all)) <> 0)::BIGINT * 8 + (greatest(0, least((charged - excess_fees), reimbursement_base) - greatest(0, reimbursed, reimbursed_all)) <> 0)::BIGINT * 16 + (greatest(0, least(reimbursed, reimbursement_base) - greatest(0, (charged - excess_fees), reimbursed_all)) <> 0)::BIGINT * 32 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursement_base) - greatest(0, reimbursed_all)) <> 0)::BIGINT * 64 + (greatest(0, least(reimbursed_all) - greatest(0, (charged - excess_fees), reimbursed, reimbursement_base)) <> 0)::BIGINT * 128 + (greatest(0, least((charged - excess_fees), reimbursed_all) - greatest(0, reimbursed, reimbursement_base)) <> 0)::BIGINT * 256 + (greatest(0, least(reimbursed, reimbursed_all) - greatest(0, (charged - excess_fees), reimbursement_base)) <> 0)::BIGINT * 512 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursed_all) - greatest(0, reimbursement_base)) <> 0)::BIGINT * 1024 + (greatest(0, least(reimbursement_base, reimbursed_all) - greatest(0, (charged - excess_fees), reimbursed)) <> 0)::BIGINT * 2048 + (greatest(0, least((charged - excess_fees), reimbursement_base, reimbursed_all) - greatest(0, reimbursed)) <> 0)::BIGINT * 4096 + (greatest(0, least(reimbursed, reimbursement_base, reimbursed_all) - greatest(0, (charged - excess_fees))) <> 0)::BIGINT * 8192 + (greatest(0, least((charged - excess_fees), reimbursed, reimbursement_base, reimbursed_all) - greatest(0)) <> 0)::BIGINT * 16384 + (least(0, greatest((charged - excess_fees)) - least(0, reimbursed, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 32768 + (least(0, greatest(reimbursed) - least(0, (charged - excess_fees), reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 65536 + (least(0, greatest((charged - excess_fees), reimbursed) - least(0, reimbursement_base, reimbursed_all)) <> 0)::BIGINT * 131072 + (least(0, greatest(reimbursement_base) - least(0, (charged - excess_fees), reimbursed, reimbursed_all)) <> 0)::BIGINT * 262144 + (least(0, greatest((charged - excess_fees), reimbursement_base) - least(0, reimbursed, reimbursed_all)) <> 0)::BIGINT * 524288 + (least(0, greatest(reimbursed, reimbursement_base) - least(0, (charged - excess_fees), reimbursed_all)) <> 0)::BIGINT * 1048576 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursement_base) - least(0, reimbursed_all)) <> 0)::BIGINT * 2097152 + (least(0, greatest(reimbursed_all) - least(0, (charged - excess_fees), reimbursed, reimbursement_base)) <> 0)::BIGINT * 4194304 + (least(0, greatest((charged - excess_fees), reimbursed_all) - least(0, reimbursed, reimbursement_base)) <> 0)::BIGINT * 8388608 + (least(0, greatest(reimbursed, reimbursed_all) - least(0, (charged - excess_fees), reimbursement_base)) <> 0)::BIGINT * 16777216 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursed_all) - least(0, reimbursement_base)) <> 0)::BIGINT * 33554432 + (least(0, greatest(reimbursement_base, reimbursed_all) - least(0, (charged - excess_fees), reimbursed)) <> 0)::BIGINT * 67108864 + (least(0, greatest((charged - excess_fees), reimbursement_base, reimbursed_all) - least(0, reimbursed)) <> 0)::BIGINT * 134217728 + (least(0, greatest(reimbursed, reimbursement_base, reimbursed_all) - least(0, (charged - excess_fees))) <> 0)::BIGINT * 268435456 + (least(0, greatest((charged - excess_fees), reimbursed, reimbursement_base, reimbursed_all) - least(0)) <> 0)::BIGINT * 536870912 + (excess_fees <> 0)::BIGINT * 1073741824 AS pattern FROM (SELECT DISTINCT ON (traits) * FROM line_sum)) USING (traits))
 JOIN code_of_service USING (service) JOIN code_of_exemption USING (exemption)
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
SELECT candidate, CASE WHEN (different & 1257747079913946359297510211584) = 0 THEN ((common >> 93 & 127)::INTEGER - 12) ELSE -2 END AS care_lag, CASE WHEN (different & 9826149061827705932011798528) = 0 THEN ((common >> 86 & 127)::INTEGER - 12) ELSE -2 END AS region, CASE WHEN (different & 76766789545528952593842176) = 0 THEN ((common >> 79 & 127)::INTEGER - 12) ELSE -2 END AS age_band, CASE WHEN (different & 599740543324444942139392) = 0 THEN ((common >> 72 & 127)::INTEGER - 12) ELSE -2 END AS sex, CASE WHEN (different & 4685472994722226110464) = 0 THEN ((common >> 65 & 127)::INTEGER - 12) WHEN (different & 34587645138205409280) = 0 THEN ((common >> 61 & 15)::INTEGER - 12) ELSE -2 END AS service, CASE WHEN (different & 2287828610704211968) = 0 THEN ((common >> 54 & 127)::INTEGER - 12) ELSE -2 END AS provider_specialty, CASE WHEN (different & 17873661021126656) = 0 THEN ((common >> 47 & 127)::INTEGER - 12) ELSE -2 END AS provider_activity, CASE WHEN (different & 139637976727552) = 0 THEN ((common >> 40 & 127)::INTEGER - 12) WHEN (different & 1030792151040) = 0 THEN ((common >> 36 & 15)::INTEGER - 12) ELSE -2 END AS exemption, CASE WHEN (different & 68182605824) = 0 THEN ((common >> 29 & 127)::INTEGER - 12) ELSE -2 END AS insurance, CASE WHEN (different & 532676608) = 0 THEN ((common >> 22 & 127)::INTEGER - 12) ELSE -2 END AS facility_type, CASE WHEN (different & 4161536) = 0 THEN ((common >> 15 & 127)::INTEGER - 12) ELSE -2 END AS supplement, CASE WHEN (different & 32512) = 0 THEN ((common >> 8 & 127)::INTEGER - 12) ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 0, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 0, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
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
SELECT candidate, CASE WHEN (different & 1257747079913946359297510211584) = 0 THEN ((common >> 93 & 127)::INTEGER - 12) ELSE -2 END AS care_lag, CASE WHEN (different & 9826149061827705932011798528) = 0 THEN ((common >> 86 & 127)::INTEGER - 12) ELSE -2 END AS region, CASE WHEN (different & 76766789545528952593842176) = 0 THEN ((common >> 79 & 127)::INTEGER - 12) ELSE -2 END AS age_band, CASE WHEN (different & 599740543324444942139392) = 0 THEN ((common >> 72 & 127)::INTEGER - 12) ELSE -2 END AS sex, CASE WHEN (different & 4685472994722226110464) = 0 THEN ((common >> 65 & 127)::INTEGER - 12) WHEN (different & 34587645138205409280) = 0 THEN ((common >> 61 & 15)::INTEGER - 12) ELSE -2 END AS service, CASE WHEN (different & 2287828610704211968) = 0 THEN ((common >> 54 & 127)::INTEGER - 12) ELSE -2 END AS provider_specialty, CASE WHEN (different & 17873661021126656) = 0 THEN ((common >> 47 & 127)::INTEGER - 12) ELSE -2 END AS provider_activity, CASE WHEN (different & 139637976727552) = 0 THEN ((common >> 40 & 127)::INTEGER - 12) WHEN (different & 1030792151040) = 0 THEN ((common >> 36 & 15)::INTEGER - 12) ELSE -2 END AS exemption, CASE WHEN (different & 68182605824) = 0 THEN ((common >> 29 & 127)::INTEGER - 12) ELSE -2 END AS insurance, CASE WHEN (different & 532676608) = 0 THEN ((common >> 22 & 127)::INTEGER - 12) ELSE -2 END AS facility_type, CASE WHEN (different & 4161536) = 0 THEN ((common >> 15 & 127)::INTEGER - 12) ELSE -2 END AS supplement, CASE WHEN (different & 32512) = 0 THEN ((common >> 8 & 127)::INTEGER - 12) ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 0, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 0, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
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
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
-- name: codes of new blocks, and the layers that they lose
CREATE TABLE coded AS
SELECT safe.*, coalesce(layers_lost, 0) AS layers_lost FROM safe LEFT JOIN (
  SELECT candidate, bit_or(layers) AS layers_lost FROM (FROM lost) GROUP BY candidate)
  USING (candidate)
;
INSERT INTO content
SELECT candidate, 0, -1, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & ~layers_lost,
  a.quantity, CASE WHEN pattern & layers_lost & 536871051 <> 0 THEN 0 ELSE layer_1 END, CASE WHEN pattern & layers_lost & 438307636 <> 0 THEN 0 ELSE layer_2 END, CASE WHEN pattern & layers_lost & 93992000 <> 0 THEN 0 ELSE layer_3 END, CASE WHEN pattern & layers_lost & 4571136 <> 0 THEN 0 ELSE layer_4 END, CASE WHEN pattern & layers_lost & 1073741824 <> 0 THEN 0 ELSE of_excess_fees END, a.acts, a.counted, a.bare
FROM step a JOIN coded b USING (candidate)
;
INSERT INTO piece
WITH taken AS MATERIALIZED (
  SELECT candidate, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern & layers_lost AS taken, layer_1, layer_2, layer_3, layer_4, of_excess_fees, a.acts, a.counted, a.bare
  FROM step a JOIN coded b USING (candidate) WHERE pattern & layers_lost <> 0)
SELECT candidate, 0, p.layer, care_lag, region, age_band, sex, service, provider_specialty, provider_activity, exemption, insurance, facility_type, supplement, complementary_cover, apart, origin, per_act, per_count, p.bit, 0, CASE WHEN p.bit & 536871051 <> 0 THEN layer_1 ELSE 0 END, CASE WHEN p.bit & 438307636 <> 0 THEN layer_2 ELSE 0 END, CASE WHEN p.bit & 93992000 <> 0 THEN layer_3 ELSE 0 END, CASE WHEN p.bit & 4571136 <> 0 THEN layer_4 ELSE 0 END, CASE WHEN p.bit & 1073741824 <> 0 THEN of_excess_fees ELSE 0 END, acts, counted, bare
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
SELECT atom, (((care_lag + 12)::BIGINT << 53) + ((region + 12)::BIGINT << 46) + ((age_band + 12)::BIGINT << 39) + ((sex + 12)::BIGINT << 32) + ((service + 12)::BIGINT << 25) + ((service_group + 12)::BIGINT << 21) + ((provider_specialty + 12)::BIGINT << 14) + ((provider_activity + 12)::BIGINT << 7) + ((exemption + 12)::BIGINT << 0))::HUGEINT * 1099511627776 + (((exemption_group + 12)::BIGINT << 36) + ((insurance + 12)::BIGINT << 29) + ((facility_type + 12)::BIGINT << 22) + ((supplement + 12)::BIGINT << 15) + ((complementary_cover + 12)::BIGINT << 8) + ((layer + 1)::BIGINT << 3) + ((apart + 1)::BIGINT << 0))::HUGEINT * 1 AS key, layer, origin, per_act, per_count, pattern, quantity, layer_1, layer_2, layer_3, layer_4, of_excess_fees, acts, counted, bare, charged, reimbursed,
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
SELECT candidate, CASE WHEN (different & 1257747079913946359297510211584) = 0 THEN ((common >> 93 & 127)::INTEGER - 12) ELSE -2 END AS care_lag, CASE WHEN (different & 9826149061827705932011798528) = 0 THEN ((common >> 86 & 127)::INTEGER - 12) ELSE -2 END AS region, CASE WHEN (different & 76766789545528952593842176) = 0 THEN ((common >> 79 & 127)::INTEGER - 12) ELSE -2 END AS age_band, CASE WHEN (different & 599740543324444942139392) = 0 THEN ((common >> 72 & 127)::INTEGER - 12) ELSE -2 END AS sex, CASE WHEN (different & 4685472994722226110464) = 0 THEN ((common >> 65 & 127)::INTEGER - 12) WHEN (different & 34587645138205409280) = 0 THEN ((common >> 61 & 15)::INTEGER - 12) ELSE -2 END AS service, CASE WHEN (different & 2287828610704211968) = 0 THEN ((common >> 54 & 127)::INTEGER - 12) ELSE -2 END AS provider_specialty, CASE WHEN (different & 17873661021126656) = 0 THEN ((common >> 47 & 127)::INTEGER - 12) ELSE -2 END AS provider_activity, CASE WHEN (different & 139637976727552) = 0 THEN ((common >> 40 & 127)::INTEGER - 12) WHEN (different & 1030792151040) = 0 THEN ((common >> 36 & 15)::INTEGER - 12) ELSE -2 END AS exemption, CASE WHEN (different & 68182605824) = 0 THEN ((common >> 29 & 127)::INTEGER - 12) ELSE -2 END AS insurance, CASE WHEN (different & 532676608) = 0 THEN ((common >> 22 & 127)::INTEGER - 12) ELSE -2 END AS facility_type, CASE WHEN (different & 4161536) = 0 THEN ((common >> 15 & 127)::INTEGER - 12) ELSE -2 END AS supplement, CASE WHEN (different & 32512) = 0 THEN ((common >> 8 & 127)::INTEGER - 12) ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
INSERT INTO content
SELECT candidate, 0, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
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
SELECT candidate, CASE WHEN (different & 1257747079913946359297510211584) = 0 THEN ((common >> 93 & 127)::INTEGER - 12) ELSE -2 END AS care_lag, CASE WHEN (different & 9826149061827705932011798528) = 0 THEN ((common >> 86 & 127)::INTEGER - 12) ELSE -2 END AS region, CASE WHEN (different & 76766789545528952593842176) = 0 THEN ((common >> 79 & 127)::INTEGER - 12) ELSE -2 END AS age_band, CASE WHEN (different & 599740543324444942139392) = 0 THEN ((common >> 72 & 127)::INTEGER - 12) ELSE -2 END AS sex, CASE WHEN (different & 4685472994722226110464) = 0 THEN ((common >> 65 & 127)::INTEGER - 12) WHEN (different & 34587645138205409280) = 0 THEN ((common >> 61 & 15)::INTEGER - 12) ELSE -2 END AS service, CASE WHEN (different & 2287828610704211968) = 0 THEN ((common >> 54 & 127)::INTEGER - 12) ELSE -2 END AS provider_specialty, CASE WHEN (different & 17873661021126656) = 0 THEN ((common >> 47 & 127)::INTEGER - 12) ELSE -2 END AS provider_activity, CASE WHEN (different & 139637976727552) = 0 THEN ((common >> 40 & 127)::INTEGER - 12) WHEN (different & 1030792151040) = 0 THEN ((common >> 36 & 15)::INTEGER - 12) ELSE -2 END AS exemption, CASE WHEN (different & 68182605824) = 0 THEN ((common >> 29 & 127)::INTEGER - 12) ELSE -2 END AS insurance, CASE WHEN (different & 532676608) = 0 THEN ((common >> 22 & 127)::INTEGER - 12) ELSE -2 END AS facility_type, CASE WHEN (different & 4161536) = 0 THEN ((common >> 15 & 127)::INTEGER - 12) ELSE -2 END AS supplement, CASE WHEN (different & 32512) = 0 THEN ((common >> 8 & 127)::INTEGER - 12) ELSE -2 END AS complementary_cover, CASE WHEN (different & 7) = 0 THEN ((common >> 0 & 7)::INTEGER - 1) ELSE -1 END AS apart, layers FROM (
  SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
    bit_or(pattern) AS layers
  FROM member_row GROUP BY candidate)
;
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
INSERT INTO content
SELECT candidate, 0, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
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
-- name: the rows of new blocks
CREATE TABLE step AS
SELECT candidate, layer, origin, any_value(per_act) AS per_act,
  any_value(per_count) AS per_count, pattern, sum(quantity)::BIGINT AS quantity, sum(layer_1)::BIGINT AS layer_1, sum(layer_2)::BIGINT AS layer_2, sum(layer_3)::BIGINT AS layer_3, sum(layer_4)::BIGINT AS layer_4, sum(of_excess_fees)::BIGINT AS of_excess_fees, sum(acts)::BIGINT AS acts, sum(counted)::BIGINT AS counted, sum(bare)::BIGINT AS bare
FROM member_row GROUP BY candidate, layer, origin, pattern
;
INSERT INTO content
SELECT candidate, 0, a.layer, b.care_lag, b.region, b.age_band, b.sex, b.service, b.provider_specialty, b.provider_activity, b.exemption, b.insurance, b.facility_type, b.supplement, b.complementary_cover, b.apart, origin, per_act, per_count, pattern, a.quantity, a.layer_1, a.layer_2, a.layer_3, a.layer_4, a.of_excess_fees, a.acts, a.counted, a.bare
FROM step a JOIN safe b USING (candidate)
;
DROP TABLE step;
DROP VIEW member_row;
DROP TABLE IF EXISTS member;
DROP TABLE IF EXISTS compared;
DROP TABLE IF EXISTS safe;
DROP TABLE remainder;
