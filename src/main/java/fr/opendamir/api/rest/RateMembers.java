package fr.opendamir.api.rest;

import fr.opendamir.query.AggregateResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the description of an answer says of its rates. */
final class RateMembers {
  private RateMembers() {}

  /** The member {@code rates}; nothing if the answer has no rates. */
  static Map<String, Object> of(AggregateResult result) {
    if (result.coverage().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> coverage = new LinkedHashMap<>();
    result.coverage().forEach((measure, share) -> coverage.put(measure.id(), share));
    Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("coverage", coverage);
    rates.put("population", String.join(",", result.release().references()));
    rates.put("provisional_years", result.provisionalYears());
    if (result.query().measures().stream().anyMatch(measure -> measure.isStandardised())) {
      rates.put("reference", result.query().standard().id());
    }
    return Map.of("rates", rates);
  }
}
