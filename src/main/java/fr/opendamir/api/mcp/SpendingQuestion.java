package fr.opendamir.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.question.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the arguments of {@code spending} as the parameters of a question. */
final class SpendingQuestion {
  static final String PERIOD = "period";
  static final String FILTERS = "filters";

  /** Rows of an answer, at most: those of a page of the API by default. */
  static final int MOST_ROWS = Question.DEFAULT_LIMIT;

  static final int USUAL_ROWS = 20;

  private static final String LIMIT = "limit";

  /** Arguments that are parameters of the same name and form. */
  private static final List<String> SAME =
      List.of(
          "measures",
          "group_by",
          "last",
          "sort",
          "totals",
          "compare",
          "fill",
          "reference",
          "release",
          "cursor");

  private static final Set<String> KNOWN = known();

  /** {@code 2024}, {@code 2023..2024}, {@code 2023..}, {@code ..2024}. */
  private static final Pattern YEARS = Pattern.compile("(\\d{4})?(\\.\\.)?(\\d{4})?");

  private static final Pattern QUARTER = Pattern.compile("[QqTt][1-4]");

  private SpendingQuestion() {}

  /**
   * Reads the question of a call.
   *
   * @throws QuestionException with every error of the question, or the first of its arguments
   */
  static Question of(ToolCall call) {
    call.requireKnown(KNOWN);
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    SAME.forEach(name -> put(parameters, name, call.texts(name)));
    List<String> periods = call.texts(PERIOD);
    if (!periods.isEmpty()) {
      put(parameters, level(periods).id(), periods);
    }
    addFilters(parameters, call.arguments().path(FILTERS));
    parameters.put(LIMIT, List.of(String.valueOf(limit(call))));
    parameters.put("labels", List.of("both"));
    return QuestionParser.parse(parameters, call.language()).inFormat(false);
  }

  /** Years, quarters and months are parameters of their own, of which all must hold. */
  private static Level level(List<String> periods) {
    Set<Level> levels = new HashSet<>();
    for (String period : periods) {
      if (YEARS.matcher(period.strip()).matches()) {
        levels.add(Level.YEAR);
      } else {
        levels.add(QUARTER.matcher(period).find() ? Level.QUARTER : Level.MONTH_OF_PROCESSING);
      }
    }
    if (levels.size() > 1) {
      throw ToolCall.refused(
          PERIOD,
          "doit avoir une seule forme : années, trimestres ou mois",
          "must have one form: years, quarters or months",
          List.of("2023-01..2024-06"));
    }
    return levels.iterator().next();
  }

  private static int limit(ToolCall call) {
    String sent = call.text(LIMIT).orElse(String.valueOf(USUAL_ROWS));
    if (!sent.matches("[1-9]\\d{0,5}") || Integer.parseInt(sent) > MOST_ROWS) {
      throw ToolCall.refused(
          LIMIT,
          "doit être de 1 à "
              + MOST_ROWS
              + " ; suivre next_cursor, ou l'adresse rest, pour plus de lignes",
          "must be 1 to " + MOST_ROWS + "; follow next_cursor, or the address rest, for more rows",
          List.of(String.valueOf(MOST_ROWS)));
    }
    return Integer.parseInt(sent);
  }

  private static void addFilters(Map<String, List<String>> parameters, JsonNode filters) {
    if (filters.isMissingNode() || filters.isNull()) {
      return;
    }
    if (!filters.isObject()) {
      throw ToolCall.refused(
          FILTERS,
          "doit être un objet de listes de codes",
          "must be an object of lists of codes",
          List.of("{\"region\": [\"53\"]}"));
    }
    if (QuestionBound.PARAMETERS.isExceededBy(filters.size())) {
      throw ToolCall.refused(
          FILTERS,
          "a plus de " + QuestionBound.PARAMETERS.most() + " niveaux",
          "has more than " + QuestionBound.PARAMETERS.most() + " levels",
          List.of());
    }
    for (Map.Entry<String, JsonNode> filter : filters.properties()) {
      String name = filter.getKey();
      Level level = Level.find(name).orElseThrow(() -> unknownLevel(name));
      parameters
          .computeIfAbsent(level.id(), id -> new ArrayList<>())
          .addAll(ToolCall.texts(FILTERS + "." + level.id(), filter.getValue()));
    }
  }

  private static QuestionException unknownLevel(String name) {
    List<String> levels = Arrays.stream(Level.values()).map(Level::id).toList();
    return ToolCall.refused(
        FILTERS + "." + QuestionError.shown(name),
        "n'est pas un niveau ; niveaux : " + String.join(", ", levels),
        "is not a level; levels: " + String.join(", ", levels),
        Suggestions.nearest(name, levels));
  }

  private static void put(Map<String, List<String>> parameters, String name, List<String> values) {
    if (!values.isEmpty()) {
      parameters.put(name, values);
    }
  }

  private static Set<String> known() {
    List<String> known = new ArrayList<>(SAME);
    known.addAll(List.of(PERIOD, FILTERS, LIMIT, ToolCall.LANG));
    return Set.copyOf(known);
  }
}
