package fr.opendamir.api.rest;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.LinkParameters;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.reference.ReferenceColumn;
import fr.opendamir.reference.ReferenceTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rows of a reference table that a request asks for. Its parameters are those of questions:
 * filters by the name of a column, {@code sort}, {@code limit}, {@code cursor}, {@code labels}.
 */
final class ReferenceSelection {
  private static final List<String> OWN =
      List.of("cursor", "dialect", "download", "format", "labels", "lang", "limit", "sort");
  private static final int ALL_ROWS = Question.ALL_ROWS;

  private final ReferenceTable table;
  private final Map<String, List<String>> given = new LinkedHashMap<>();
  private final QuestionErrors errors = new QuestionErrors();
  private final Map<String, Filter> filters = new LinkedHashMap<>();
  private List<String> sort = List.of();
  private LabelStyle labels = LabelStyle.BOTH;
  private boolean isDownload;
  private int limit;
  private int offset;

  private record Filter(boolean excluded, List<String> codes) {
    boolean accepts(String code) {
      return codes.contains(code) != excluded;
    }
  }

  private ReferenceSelection(ReferenceTable table) {
    this.table = table;
  }

  /**
   * Parses the parameters of a request.
   *
   * @param isFile whether the format has all rows unless a limit is asked
   * @throws fr.opendamir.question.QuestionException with every error found
   */
  static ReferenceSelection parse(
      ReferenceTable table, Map<String, List<String>> parameters, boolean isFile) {
    ReferenceSelection selection = new ReferenceSelection(table);
    selection.read(parameters, isFile);
    selection.errors.requireNone();
    return selection;
  }

  private void read(Map<String, List<String>> parameters, boolean isFile) {
    List<String> columns = table.texts().stream().map(ReferenceColumn::name).toList();
    List<String> valid = Stream.concat(columns.stream(), OWN.stream()).toList();
    parameters.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          List<String> parts =
              values.stream()
                  .flatMap(value -> Arrays.stream(value.split(",", -1)))
                  .map(String::strip)
                  .filter(value -> !value.isEmpty())
                  .toList();
          if (!valid.contains(lower)) {
            if (!LinkParameters.isIgnored(name)) {
              errors.addUnknownParameter(name, valid);
            }
          } else if (!parts.isEmpty()) {
            given.put(lower, parts);
          }
        });
    columns.stream().filter(given::containsKey).forEach(this::addFilter);
    sort = given.getOrDefault("sort", List.of());
    List<String> all = table.columns().stream().map(ReferenceColumn::name).toList();
    sort.stream()
        .filter(key -> !all.contains(name(key)))
        .forEach(key -> errors.add(QuestionError.unknownValue("sort", key, all)));
    single("labels")
        .ifPresent(
            value ->
                Arrays.stream(LabelStyle.values())
                    .filter(style -> style.name().equalsIgnoreCase(value))
                    .findFirst()
                    .ifPresentOrElse(
                        style -> labels = style,
                        () ->
                            errors.add(
                                QuestionError.unknownValue(
                                    "labels", value, List.of("id", "name", "both")))));
    single("lang")
        .filter(value -> Language.find(value).isEmpty())
        .ifPresent(
            value -> errors.add(QuestionError.unknownValue("lang", value, List.of("fr", "en"))));
    single("download").ifPresent(this::readDownload);
    limit = isFile ? ALL_ROWS : Question.DEFAULT_LIMIT;
    single("limit").ifPresent(value -> readLimit(value, isFile));
    single("cursor").ifPresent(this::readCursor);
  }

  private void readDownload(String value) {
    isDownload = value.equalsIgnoreCase("true");
    if (!isDownload && !value.equalsIgnoreCase("false")) {
      errors.add(QuestionError.unknownValue("download", value, List.of("true", "false")));
    }
  }

  private void addFilter(String column) {
    List<String> values = given.get(column);
    boolean excluded = values.get(0).startsWith("!");
    List<String> codes =
        values.stream()
            .map(value -> value.startsWith("!") ? value.substring(1).strip() : value)
            .toList();
    boolean isMixed = values.stream().skip(1).anyMatch(value -> value.startsWith("!") && !excluded);
    if (isMixed) {
      add(
          column,
          "! exclut la liste entière : l'écrire devant le premier code",
          "! excludes the whole list: write it before the first code");
    }
    int position = table.position(column);
    List<String> known =
        List.copyOf(new TreeSet<>(table.rows().stream().map(row -> row.get(position)).toList()));
    codes.stream()
        .filter(code -> !known.contains(code))
        .forEach(code -> errors.add(QuestionError.unknownValue(column, code, known)));
    filters.put(column, new Filter(excluded, List.copyOf(new TreeSet<>(codes))));
  }

  private void readLimit(String value, boolean isFile) {
    if (value.equalsIgnoreCase("all") && isFile) {
      limit = ALL_ROWS;
    } else if (value.matches("[1-9]\\d{0,4}") && Integer.parseInt(value) <= Question.MAX_LIMIT) {
      limit = Integer.parseInt(value);
    } else {
      add(
          "limit",
          "un nombre de 1 à %d, ou all pour un format de fichier (csv)"
              .formatted(Question.MAX_LIMIT),
          "a number from 1 to %d, or all for a format of files (csv)"
              .formatted(Question.MAX_LIMIT));
    }
  }

  private void readCursor(String value) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
      String prefix = identity() + "/";
      if (text.startsWith(prefix)) {
        offset = Integer.parseInt(text.substring(prefix.length()));
        return;
      }
    } catch (IllegalArgumentException e) {
      // falls through: no cursor of this service
    }
    add(
        "cursor",
        "ce curseur n'est pas celui de cette sélection ; recommencer sans cursor",
        "this cursor is not of this selection; start again without cursor");
  }

  /** What a cursor belongs to. */
  private String identity() {
    return table.versionedId() + Integer.toHexString((filters + "/" + sort).hashCode());
  }

  private void add(String parameter, String french, String english) {
    errors.add(
        new QuestionError(parameter, "malformed_value", new Label(french, english), List.of()));
  }

  private Optional<String> single(String name) {
    List<String> values = given.getOrDefault(name, List.of()).stream().distinct().toList();
    if (values.size() > 1) {
      add(name, "plusieurs valeurs ; n'en garder qu'une", "several values; keep one of them");
    }
    return values.stream().findFirst();
  }

  /** Whether browsers are to save the answer instead of showing it. */
  boolean isDownload() {
    return isDownload;
  }

  /** All selected rows, in order. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>(table.rows());
    filters.forEach(
        (column, filter) -> {
          int position = table.position(column);
          rows.removeIf(row -> !filter.accepts(row.get(position)));
        });
    List<String> lastFirst = new ArrayList<>(sort);
    Collections.reverse(lastFirst);
    lastFirst.forEach(key -> rows.sort(order(key)));
    return rows;
  }

  private Comparator<List<String>> order(String key) {
    int position = table.position(name(key));
    Comparator<String> ascending =
        table.columns().get(position).isFigure()
            ? Comparator.comparing(BigDecimal::new)
            : Comparator.naturalOrder();
    Comparator<String> asked = key.startsWith("-") ? ascending.reversed() : ascending;
    Comparator<String> emptyLast =
        (one, other) ->
            one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : asked.compare(one, other);
    return Comparator.comparing(row -> row.get(position), emptyLast);
  }

  private static String name(String sortKey) {
    return sortKey.startsWith("-") ? sortKey.substring(1) : sortKey;
  }

  LabelStyle labels() {
    return labels;
  }

  int limit() {
    return limit;
  }

  int offset() {
    return offset;
  }

  /** The cursor of the page after this one. */
  String nextCursor() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((identity() + "/" + (offset + limit)).getBytes(StandardCharsets.UTF_8));
  }

  /** The canonical parameters, without cursor, format and language. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    filters.forEach(
        (column, filter) ->
            parameters.put(
                column, (filter.excluded() ? "!" : "") + String.join(",", filter.codes())));
    if (!sort.isEmpty()) {
      parameters.put("sort", String.join(",", sort));
    }
    parameters.put("labels", labels.name().toLowerCase(Locale.ROOT));
    parameters.put("limit", limit == ALL_ROWS ? "all" : limit);
    return parameters;
  }
}
