package fr.opendamir.api.rest;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.CareCompleteness;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the description of an answer says of its periods of care. */
final class CareMembers {
  private CareMembers() {}

  /** The member {@code care_periods}; nothing if the answer is grouped by no period of care. */
  static Map<String, Object> of(AggregateResult result) {
    return result
        .care()
        .map(CareMembers::of)
        .map(of -> Map.of("care_periods", of))
        .orElse(Map.of());
  }

  private static Object of(CareCompleteness care) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("completeness", byId(care.completeness()));
    members.put("not_settled", byId(care.notSettled()));
    Map<String, Object> measuredOn = new LinkedHashMap<>();
    care.measuredOn().forEach((level, periods) -> measuredOn.put(level.id(), periods));
    members.put("measured_on", measuredOn);
    return members;
  }

  private static Map<String, Object> byId(
      Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>> shares) {
    Map<String, Object> byLevel = new LinkedHashMap<>();
    shares.forEach(
        (level, ofLevel) -> {
          Map<String, Object> byCode = new LinkedHashMap<>();
          ofLevel.forEach(
              (code, ofCode) -> {
                Map<String, BigDecimal> byMeasure = new LinkedHashMap<>();
                ofCode.forEach((measure, share) -> byMeasure.put(measure.id(), share));
                byCode.put(code, byMeasure);
              });
          byLevel.put(level.id(), byCode);
        });
    return byLevel;
  }
}
