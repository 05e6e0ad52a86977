package fr.opendamir.api.rest;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.StandardPopulation;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Having;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.SortKey;
import fr.opendamir.question.Totals;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The question of an answer, in the form that {@code POST /v1/aggregates/query} accepts. An extra
 * member, {@code months}, lists the months of the release that the answer covers.
 */
final class QuestionMembers {
  private QuestionMembers() {}

  static Map<String, Object> of(AggregateResult result) {
    Question question = result.query();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("group_by", question.groupBy().stream().map(Level::id).toList());
    members.put("measures", question.measures().stream().map(Measure::id).toList());
    members.put("filters", filters(question));
    members.put("month", months(question.months()));
    question.months().last().ifPresent(last -> members.put("last", last));
    members.put("months", result.months().stream().map(YearMonth::toString).toList());
    if (!question.having().isEmpty()) {
      members.put("having", question.having().stream().map(Having::text).toList());
    }
    if (!question.sort().isEmpty()) {
      members.put("sort", question.sort().stream().map(SortKey::text).toList());
    }
    if (question.totals() != Totals.NONE) {
      members.put("totals", id(question.totals()));
    }
    if (question.isComparison()) {
      members.put("compare", id(question.comparison()));
    }
    if (question.fill() != Fill.NONE) {
      members.put("fill", id(question.fill()));
    }
    if (question.standard() != StandardPopulation.FR2023) {
      members.put("reference", question.standard().id());
    }
    members.put("labels", id(question.labels()));
    members.put("lang", question.language().id());
    members.put("limit", question.asksForAllRows() ? "all" : question.limit());
    result.ownCursor().ifPresent(cursor -> members.put("cursor", cursor));
    if (result.base().isEmpty()) {
      question.release().ifPresent(release -> members.put("release", release));
    }
    return members;
  }

  private static Map<String, List<String>> filters(Question question) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (CodeFilter filter : question.filters()) {
      String mark = filter.excluded() ? "!" : "";
      filters.put(filter.level().id(), filter.codes().stream().map(code -> mark + code).toList());
    }
    return filters;
  }

  /** The periods of the filter; null without a condition, because the member is always present. */
  private static List<String> months(MonthFilter filter) {
    if (filter.conditions().isEmpty()) {
      return null;
    }
    // at most one: several conditions are merged when a question is parsed
    MonthFilter.Condition condition = filter.conditions().get(0);
    String mark = condition.excluded() ? "!" : "";
    return condition.ranges().stream().map(range -> mark + range.text()).toList();
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
