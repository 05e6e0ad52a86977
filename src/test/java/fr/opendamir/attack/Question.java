package fr.opendamir.attack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A question to {@code /v1/aggregates}, built up parameter by parameter.
 *
 * @param groupBy the levels of a cell
 * @param measures what is asked of each cell
 * @param filters the other parameters, encoded, in the order in which they are sent
 */
record Question(List<String> groupBy, List<String> measures, List<String> filters) {
  /** The most that the service answers at once. */
  private static final int WHOLE_TABLE = 10_000;

  Question {
    groupBy = List.copyOf(groupBy);
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
  }

  /** The quantities of a table. */
  static Question of(List<String> groupBy) {
    return new Question(groupBy, List.of("quantity"), List.of());
  }

  /** A total. */
  static Question total() {
    return of(List.of());
  }

  Question measures(String... names) {
    return new Question(groupBy, List.of(names), filters);
  }

  Question where(String level, Collection<String> codes) {
    return with(level, String.join(",", codes));
  }

  Question where(String level, String code) {
    return with(level, code);
  }

  Question without(String level, String code) {
    return with(level, "!" + code);
  }

  /** Any other parameter, such as {@code release}. */
  Question with(String parameter, String value) {
    List<String> more = new ArrayList<>(filters);
    more.add(parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    return new Question(groupBy, measures, more);
  }

  /** The parameters as they follow the question mark. */
  String parameters() {
    List<String> parameters = new ArrayList<>();
    if (!groupBy.isEmpty()) {
      parameters.add("group_by=" + String.join(",", groupBy));
    }
    parameters.add("measures=" + String.join(",", measures));
    parameters.addAll(filters);
    parameters.add("labels=id");
    parameters.add("limit=" + WHOLE_TABLE);
    return String.join("&", parameters);
  }
}
