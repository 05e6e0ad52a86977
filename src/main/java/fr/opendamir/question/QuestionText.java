package fr.opendamir.question;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.StandardPopulation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The canonical text form of a question: parameters in a fixed order, with all defaults written
 * out. {@link QuestionParser} parses it back into an equal question, starting at the first row.
 */
public final class QuestionText {
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();

  private QuestionText(Question question) {
    add("group_by", question.groupBy().stream().map(Level::id));
    add("measures", question.measures().stream().map(Measure::id));
    for (CodeFilter filter : question.filters()) {
      put(filter.level().id(), (filter.excluded() ? "!" : "") + String.join(",", filter.codes()));
    }
    question.months().conditions().forEach(condition -> put("month", condition.text()));
    question.months().last().ifPresent(last -> put("last", String.valueOf(last)));
    if (!question.having().isEmpty()) {
      parameters.put("having", question.having().stream().map(Having::text).toList());
    }
    add("sort", question.sort().stream().map(SortKey::text));
    if (question.totals() != Totals.NONE) {
      put("totals", name(question.totals()));
    }
    if (question.isComparison()) {
      put("compare", name(question.comparison()));
    }
    if (question.fill() != Fill.NONE) {
      put("fill", name(question.fill()));
    }
    if (question.standard() != StandardPopulation.FR2023) {
      put("reference", question.standard().id());
    }
    put("labels", name(question.labels()));
    put("lang", question.language().id());
    put("limit", question.asksForAllRows() ? "all" : String.valueOf(question.limit()));
    question.release().ifPresent(release -> put("release", release));
  }

  /** The parameters of a question, in order. */
  public static Map<String, List<String>> parameters(Question question) {
    return new QuestionText(question).parameters;
  }

  /** The parameters of a question as the query string of a URL. */
  public static String query(Question question) {
    return parameters(question).entrySet().stream()
        .flatMap(one -> one.getValue().stream().map(value -> one.getKey() + "=" + encoded(value)))
        .collect(joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%21", "!");
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void add(String name, Stream<String> values) {
    String list = values.collect(joining(","));
    if (!list.isEmpty()) {
      put(name, list);
    }
  }

  private void put(String name, String value) {
    parameters.put(name, List.of(value));
  }
}
