package fr.opendamir.question;

import static fr.opendamir.question.QuestionBound.REPEATS;
import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final int LONGEST_SUGGESTED = 200;
  private static final Pattern BRACKETS = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*\\])+)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("(-?\\d{1,9})(?:\\.0{1,9})?");
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

  private final QuestionErrors errors = new QuestionErrors();

  /** By the name of this service: one list for each time that the parameter was sent. */
  private final Map<String, List<List<String>>> parameters = new LinkedHashMap<>();

  /**
   * Takes names and values as sent; a name repeated and a comma-separated list mean the same.
   *
   * @throws QuestionException where a list is longer than its {@link QuestionBound}: before
   *     anything else is looked at
   */
  QuestionParameters(Map<String, ? extends Collection<String>> sent) {
    if (QuestionBound.PARAMETERS.isExceededBy(sent.size())) {
      errors.add(QuestionBound.PARAMETERS.error("parameters", sent.size()));
      errors.requireNone();
    }
    sent.forEach((name, values) -> ownName(name).ifPresent(known -> addLists(known, values)));
    requireBounds();
    sent.forEach((name, values) -> check(name, List.copyOf(values)));
  }

  /** Whether a parameter has a value; a blank one is as good as none, everywhere. */
  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** The values of a parameter, none of them blank. */
  List<String> get(String name) {
    return parameters.getOrDefault(name, List.of()).stream().flatMap(List::stream).toList();
  }

  /** Names are matched in lower case; a dimension may be named by its DAMIR variable. */
  private void addLists(String known, Collection<String> values) {
    for (String value : values) {
      List<String> list =
          value.contains(";")
              ? List.of()
              : Stream.of(value.split(",", -1))
                  .map(String::strip)
                  .filter(v -> !v.isEmpty())
                  .toList();
      if (!list.isEmpty()) {
        parameters.computeIfAbsent(known, key -> new ArrayList<>()).add(list);
      }
    }
  }

  private void requireBounds() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String name : parameters.keySet()) {
      QuestionBound bound = bound(name);
      List<String> values = get(name);
      int different = Set.copyOf(values).size();
      boolean isRepeated = bound == REPEATS || values.size() > 2 * bound.most();
      int count = isRepeated ? values.size() : different;
      counts.put(name, count);
      if (bound.isExceededBy(count)) {
        errors.add(bound.error(name, count));
      }
    }
    requireInAll(counts, QuestionBound.CODES, QuestionBound.CODES_IN_ALL);
    requireInAll(counts, QuestionBound.PERIODS, QuestionBound.PERIODS);
    errors.requireNone();
  }

  /** The lists of one bound together; the error is that of the longest. */
  private void requireInAll(
      Map<String, Integer> counts, QuestionBound ofEach, QuestionBound ofAll) {
    Map<String, Integer> lists = new LinkedHashMap<>(counts);
    lists.keySet().removeIf(name -> bound(name) != ofEach);
    int all = lists.values().stream().mapToInt(Integer::intValue).sum();
    if (errors.isEmpty() && ofAll.isExceededBy(all)) {
      errors.add(
          ofAll.error(
              Collections.max(lists.entrySet(), Map.Entry.comparingByValue()).getKey(), all));
    }
  }

  private static QuestionBound bound(String name) {
    return switch (name) {
      case "group_by" -> QuestionBound.GROUP_BY;
      case "measures" -> QuestionBound.MEASURES;
      case "sort" -> QuestionBound.SORT;
      case "having" -> QuestionBound.HAVING;
      default ->
          Level.find(name)
              .map(
                  level ->
                      level.dimension() == Dimension.MONTH
                          ? QuestionBound.PERIODS
                          : QuestionBound.CODES)
              .orElse(QuestionBound.REPEATS);
    };
  }

  /** What is wrong with a name, or separated by what separates nothing. */
  private void check(String name, List<String> values) {
    if (LinkParameters.isIgnored(name)) {
      return;
    }
    Optional<String> known = ownName(name);
    if (known.isEmpty()) {
      unknownParameter(name, values);
      return;
    }
    for (String value : values) {
      if (value.contains(";")) {
        error(
            known.get(),
            "malformed_value",
            "« %s » : le point-virgule ne sépare rien ; écrire & entre les paramètres et , entre les"
                    .formatted(shown(value))
                + " valeurs",
            "\"%s\": a semicolon separates nothing; write & between parameters and , between values"
                .formatted(shown(value)),
            didYouMean(value));
      }
    }
  }

  /** What was meant by semicolons: parameters where there is a name in them, else values. */
  private static List<String> didYouMean(String value) {
    return value.length() > LONGEST_SUGGESTED
        ? List.of()
        : List.of(value.strip().replaceAll("\\s*;\\s*", value.contains("=") ? "&" : ","));
  }

  /** The name of this service for a parameter; empty where there is none. */
  static Optional<String> ownName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return OWN_PARAMETERS.contains(lower) ? Optional.of(lower) : Level.find(name).map(Level::id);
  }

  private void unknownParameter(String name, List<String> values) {
    Optional<String> meant = withoutBrackets(name);
    if (meant.isPresent()) {
      List<String> listed = values.stream().filter(value -> !value.isBlank()).toList();
      String example = meant.get() + "=" + shown(String.join(",", listed));
      error(
          shown(name),
          "unknown_parameter",
          "les noms sont sans crochets, les listes séparées par des virgules : écrire " + example,
          "names have no brackets, lists are comma-separated: write " + example,
          List.of(meant.get()));
      return;
    }
    error(
        shown(name),
        "unknown_parameter",
        "paramètre inconnu ; paramètres acceptés : " + String.join(", ", validParameters()),
        "unknown parameter; accepted parameters: " + String.join(", ", validParameters()),
        errors.isExplaining() ? Suggestions.nearest(name, validParameters()) : List.of());
  }

  /** {@code region[]}, {@code region[0]} and {@code filter[region]} all mean region. */
  private static Optional<String> withoutBrackets(String name) {
    Matcher brackets = BRACKETS.matcher(name.strip());
    if (!brackets.matches()) {
      return Optional.empty();
    }
    String inner = brackets.group(2).split("[\\[\\]]+", -1)[1];
    return ownName(brackets.group(1).strip()).or(() -> ownName(inner.strip()));
  }

  private static List<String> validParameters() {
    return Stream.concat(OWN_PARAMETERS.stream(), Arrays.stream(Level.values()).map(Level::id))
        .toList();
  }

  <T> List<T> list(String name, List<T> otherwise, Function<String, Optional<T>> understand) {
    Set<T> found = new LinkedHashSet<>();
    for (String value : new LinkedHashSet<>(get(name))) {
      understand.apply(value).ifPresent(found::add);
    }
    return found.isEmpty() ? otherwise : List.copyOf(found);
  }

  <E extends Enum<E>> E choice(String name, E[] choices, E otherwise) {
    return choice(
        name,
        value ->
            Arrays.stream(choices).filter(one -> one.name().equalsIgnoreCase(value)).findFirst(),
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList(),
        otherwise);
  }

  /** One of some values, which may be written in several ways. */
  <T> T choice(String name, Function<String, Optional<T>> find, List<String> valid, T otherwise) {
    Optional<String> value = single(name);
    Optional<T> found = value.flatMap(find);
    if (value.isPresent() && found.isEmpty()) {
      unknownValue(name, value.get(), valid);
    }
    return found.orElse(otherwise);
  }

  /** Yes or no, as the libraries of many languages write it. */
  boolean flag(String name) {
    return choice(
        name,
        value -> {
          String lower = value.toLowerCase(Locale.ROOT);
          return TRUE.contains(lower) || FALSE.contains(lower)
              ? Optional.of(TRUE.contains(lower))
              : Optional.empty();
        },
        List.of("true", "false"),
        false);
  }

  /** Whether a parameter has this value and no other. */
  boolean is(String name, String value) {
    return has(name) && get(name).stream().allMatch(value::equalsIgnoreCase);
  }

  OptionalInt number(String name, int least, int most) {
    Optional<String> value = single(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    Matcher number = WHOLE_NUMBER.matcher(value.get());
    if (number.matches()) {
      int whole = Integer.parseInt(number.group(1));
      if (whole >= least && whole <= most) {
        return OptionalInt.of(whole);
      }
    }
    error(
        name,
        "malformed_value",
        "doit être un nombre entier de %d à %d".formatted(least, most),
        "must be a whole number from %d to %d".formatted(least, most));
    return OptionalInt.empty();
  }

  Optional<String> single(String name) {
    List<String> values = get(name).stream().distinct().toList();
    if (values.size() > 1) {
      error(name, "too_many_values", "une seule valeur est possible", "takes one value only");
    }
    return values.stream().findFirst();
  }

  /**
   * Whether values are excluded: {@code !a,b} excludes the whole list, as {@code !a,!b} does. Lists
   * with and without a mark, or a mark that is not before the first value only, are ambiguous.
   */
  boolean isExclusion(String name) {
    List<List<String>> lists = parameters.getOrDefault(name, List.of());
    boolean excluded = lists.stream().anyMatch(list -> list.get(0).startsWith("!"));
    boolean mixed =
        lists.stream()
            .anyMatch(list -> list.get(0).startsWith("!") != excluded || !isMarkedAlike(list));
    if (mixed) {
      error(
          name,
          "malformed_value",
          "mélange de valeurs retenues et exclues ; pour tout exclure, mettre ! devant chacune ; pour"
              + " n'en retenir que certaines, ne donner que celles-là",
          "mixes kept and excluded values; to exclude them all, put ! before each; to keep some, name"
              + " those only");
    } else if (excluded && withoutMark(get(name)).size() < get(name).size()) {
      error(
          name,
          "malformed_value",
          "! n'est suivi d'aucune valeur à exclure ; la donner, ou retirer ce paramètre",
          "! is before no value to exclude; give one, or leave the parameter out");
    }
    return excluded;
  }

  /** {@code a,b}, {@code !a,!b}, or the mark before the first for all of them: {@code !a,b}. */
  private static boolean isMarkedAlike(List<String> list) {
    long marked = list.stream().filter(value -> value.startsWith("!")).count();
    return marked == 0 || marked == list.size() || (marked == 1 && list.get(0).startsWith("!"));
  }

  static List<String> withoutMark(List<String> values) {
    return values.stream()
        .map(value -> value.startsWith("!") ? value.substring(1).strip() : value)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** What was found to be wrong so far; for more of it. */
  QuestionErrors errors() {
    return errors;
  }

  void unknownValue(String parameter, String value, List<String> valid) {
    errors.addUnknownValue(parameter, value, valid);
  }

  void error(String parameter, String code, String french, String english) {
    error(parameter, code, french, english, List.of());
  }

  void error(
      String parameter, String code, String french, String english, List<String> didYouMean) {
    errors.add(new QuestionError(parameter, code, new Label(french, english), didYouMean));
  }
}
