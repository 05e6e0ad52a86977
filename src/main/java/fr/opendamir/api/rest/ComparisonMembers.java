package fr.opendamir.api.rest;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.ComparedMonths;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the description of an answer says of the period that it compares its figures with. */
final class ComparisonMembers {
  private ComparisonMembers() {}

  /** The member {@code comparison}; nothing if the answer is no comparison. */
  static Map<String, Object> of(AggregateResult result) {
    return result
        .comparedMonths()
        .<Map<String, Object>>map(compared -> Map.of("comparison", members(compared)))
        .orElse(Map.of());
  }

  private static Map<String, Object> members(ComparedMonths compared) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("months_earlier", compared.monthsEarlier());
    members.put("months", texts(compared.months()));
    members.put("not_published", texts(compared.notPublished()));
    return members;
  }

  private static List<String> texts(List<YearMonth> months) {
    return months.stream().map(YearMonth::toString).toList();
  }
}
