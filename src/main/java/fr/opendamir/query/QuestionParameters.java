package fr.opendamir.query;

import static fr.opendamir.query.QuestionError.shown;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The parameters of a question as they were sent, and what is wrong with them. */
final class QuestionParameters {
  private static final Set<String> OWN_PARAMETERS =
      new TreeSet<>(
          List.of(
              "measures",
              "group_by",
              "from",
              "to",
              "last",
              "limit",
              "labels",
              "lang",
              "release",
              "format",
              "having",
              "cursor",
              "totals",
              "dry_run",
              "sort"));

  private final List<QuestionError> errors = new ArrayList<>();
  private final Map<String, List<String>> parameters = new LinkedHashMap<>();

  /** Takes names and values as sent; a name repeated and a comma-separated list mean the same. */
  QuestionParameters(Map<String, ? extends Collection<String>> sent) {
    sent.forEach((name, values) -> addParameter(name, List.copyOf(values)));
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** The values of a parameter that is there. */
  List<String> get(String name) {
    return parameters.get(name);
  }

  /**
   * Ends a question with errors.
   *
   * @throws QuestionException with every error found
   */
  void requireNoErrors() {
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.MALFORMED, errors);
    }
  }

  /** Names are matched in lower case; a dimension may be named by its DAMIR variable. */
  private void addParameter(String name, List<String> values) {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<String> level = Level.find(name).map(Level::id);
    if (!OWN_PARAMETERS.contains(lower) && level.isEmpty()) {
      error(
          shown(name),
          "unknown_parameter",
          "paramètre inconnu ; paramètres acceptés : " + String.join(", ", validParameters()),
          "unknown parameter; accepted parameters: " + String.join(", ", validParameters()),
          Suggestions.nearest(name, validParameters()));
      return;
    }
    parameters
        .computeIfAbsent(level.orElse(lower), key -> new ArrayList<>())
        .addAll(values.stream().flatMap(value -> Stream.of(value.split(",", -1))).toList());
  }

  private static List<String> validParameters() {
    return Stream.concat(OWN_PARAMETERS.stream(), Arrays.stream(Level.values()).map(Level::id))
        .toList();
  }

  <T> List<T> list(String name, List<T> otherwise, Function<String, Optional<T>> understand) {
    Set<T> found = new LinkedHashSet<>();
    for (String value : parameters.getOrDefault(name, List.of())) {
      if (!value.isBlank()) {
        understand.apply(value.strip()).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? otherwise : List.copyOf(found);
  }

  <E extends Enum<E>> E choice(String name, E[] choices, E otherwise) {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    for (E choice : choices) {
      if (choice.name().equalsIgnoreCase(value.get())) {
        return choice;
      }
    }
    unknownValue(
        name,
        value.get(),
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList());
    return otherwise;
  }

  /** Whether a parameter has this value and no other. */
  boolean is(String name, String value) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return !values.isEmpty()
        && values.stream().map(String::strip).allMatch(value::equalsIgnoreCase);
  }

  OptionalInt number(String name, int least, int most) {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // said below, together with numbers out of range
    }
    error(
        name,
        "malformed_value",
        "doit être un nombre entier de %d à %d".formatted(least, most),
        "must be a whole number from %d to %d".formatted(least, most));
    return OptionalInt.empty();
  }

  Optional<String> single(String name) {
    List<String> values =
        parameters.getOrDefault(name, List.of()).stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .distinct()
            .toList();
    if (values.size() > 1) {
      error(name, "too_many_values", "une seule valeur est possible", "takes one value only");
    }
    return values.stream().findFirst();
  }

  /** {@code !a,b} and {@code !a,!b} exclude; a mark on some values only is ambiguous. */
  boolean isExclusion(String name, List<String> values) {
    boolean excluded = values.get(0).strip().startsWith("!");
    boolean mixed = !excluded && values.stream().anyMatch(value -> value.strip().startsWith("!"));
    if (mixed) {
      error(
          name,
          "malformed_value",
          "mélange de valeurs retenues et exclues : mettre ! devant la première valeur pour tout"
              + " exclure",
          "mixes kept and excluded values: put ! before the first value to exclude them all");
    }
    return excluded;
  }

  static List<String> withoutMark(List<String> values) {
    return values.stream()
        .map(String::strip)
        .map(value -> value.startsWith("!") ? value.substring(1).strip() : value)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  void unknownValue(String parameter, String value, List<String> valid) {
    errors.add(QuestionError.unknownValue(parameter, value, valid));
  }

  void error(String parameter, String code, String french, String english) {
    error(parameter, code, french, english, List.of());
  }

  void error(
      String parameter, String code, String french, String english, List<String> didYouMean) {
    errors.add(new QuestionError(parameter, code, new Label(french, english), didYouMean));
  }
}
