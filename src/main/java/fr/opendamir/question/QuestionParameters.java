package fr.opendamir.question;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.question.Argument.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parameters of a question as sent, by argument. */
final class QuestionParameters {
  private static final int LONGEST_SUGGESTED = 200;
  private static final String MARK = "!";
  private static final Pattern BRACKETS = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*\\])+)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("(-?\\d{1,9})(?:\\.0{1,9})?");
  private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

  private final QuestionErrors errors;

  /** By argument: one list of values for each time the parameter was sent. */
  private final Map<Argument, List<List<String>>> lists = new LinkedHashMap<>();

  /**
   * Reads names and values as sent; a repeated name and a comma-separated list mean the same.
   *
   * @throws QuestionException if a list is longer than its {@link QuestionBound}; checked first
   */
  QuestionParameters(Map<String, ? extends Collection<String>> sent, QuestionErrors errors) {
    this.errors = errors;
    if (QuestionBound.PARAMETERS.isExceededBy(sent.size())) {
      errors.add(QuestionBound.PARAMETERS.error(new Named("parameters"), sent.size()));
      errors.requireNone();
    }
    sent.forEach(
        (name, values) -> Argument.find(name).ifPresent(argument -> addLists(argument, values)));
    Map<Argument, List<String>> values = new LinkedHashMap<>();
    lists.keySet().forEach(argument -> values.put(argument, get(argument)));
    QuestionBound.require(values, errors);
    sent.forEach((name, all) -> requireName(name, List.copyOf(all)));
  }

  /** Whether a parameter has a value; blank values are treated as absent. */
  boolean has(Argument argument) {
    return lists.containsKey(argument);
  }

  /** The non-blank values of a parameter. */
  List<String> get(Argument argument) {
    return lists.getOrDefault(argument, List.of()).stream().flatMap(List::stream).toList();
  }

  private void addLists(Argument argument, Collection<String> values) {
    for (String value : values) {
      List<String> list =
          value.contains(";")
              ? List.of()
              : Stream.of(value.split(",", -1))
                  .map(String::strip)
                  .filter(v -> !v.isEmpty())
                  .toList();
      if (!list.isEmpty()) {
        lists.computeIfAbsent(argument, key -> new ArrayList<>()).add(list);
      }
    }
  }

  private void requireName(String name, List<String> values) {
    if (LinkParameters.isIgnored(name)) {
      return;
    }
    Optional<Argument> argument = Argument.find(name);
    if (argument.isEmpty()) {
      addUnknown(name, values);
      return;
    }
    for (String value : values) {
      if (value.contains(";")) {
        errors.add(
            new QuestionError(
                argument.get(),
                QuestionMessage.SEMICOLON,
                List.of(shown(value)),
                withoutSemicolons(value)));
      }
    }
  }

  /**
   * Suggests a replacement for semicolons: {@code &} if the value contains a parameter, otherwise
   * commas.
   */
  private static List<String> withoutSemicolons(String value) {
    return value.length() > LONGEST_SUGGESTED
        ? List.of()
        : List.of(value.strip().replaceAll("\\s*;\\s*", value.contains("=") ? "&" : ","));
  }

  private void addUnknown(String name, List<String> values) {
    Optional<Argument> meant = withoutBrackets(name);
    if (meant.isEmpty()) {
      errors.addUnknownParameter(name, Argument.parameters());
      return;
    }
    String parameter = meant.get().parameter();
    String listed = String.join(",", values.stream().filter(value -> !value.isBlank()).toList());
    errors.add(
        new QuestionError(
            new Named(shown(name)),
            QuestionMessage.BRACKETS,
            List.of(parameter, shown(listed)),
            List.of(parameter)));
  }

  /**
   * Finds the argument of a name with brackets: {@code region[]}, {@code region[0]} and {@code
   * filter[region]} all mean region.
   */
  private static Optional<Argument> withoutBrackets(String name) {
    Matcher brackets = BRACKETS.matcher(name.strip());
    if (!brackets.matches()) {
      return Optional.empty();
    }
    String inner = brackets.group(2).split("[\\[\\]]+", -1)[1];
    return Argument.find(brackets.group(1).strip()).or(() -> Argument.find(inner.strip()));
  }

  /**
   * The valid values of a list, without duplicates.
   *
   * @param parse parses a value; adds an error and returns empty if it is invalid
   */
  <T> List<T> list(Argument argument, Function<String, Optional<T>> parse) {
    return new LinkedHashSet<>(get(argument))
        .stream().flatMap(value -> parse.apply(value).stream()).distinct().toList();
  }

  <E extends Enum<E>> Optional<E> choice(Argument argument, E[] choices) {
    return choice(
        argument,
        value ->
            Arrays.stream(choices).filter(one -> one.name().equalsIgnoreCase(value)).findFirst(),
        Arrays.stream(choices).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** One of several values, which may have several text forms. */
  <T> Optional<T> choice(
      Argument argument, Function<String, Optional<T>> find, List<String> valid) {
    Optional<String> value = single(argument);
    Optional<T> found = value.flatMap(find);
    if (value.isPresent() && found.isEmpty()) {
      errors.addUnknown(argument, QuestionMessage.UNKNOWN_VALUE, value.get(), valid);
    }
    return found;
  }

  /** A boolean in the notations of common programming languages; false if absent. */
  boolean flag(Argument argument) {
    return choice(argument, QuestionParameters::yesOrNo, List.of("true", "false")).orElse(false);
  }

  private static Optional<Boolean> yesOrNo(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    boolean isYes = TRUE.contains(lower);
    return isYes || FALSE.contains(lower) ? Optional.of(isYes) : Optional.empty();
  }

  /** Whether a parameter has the given value and no other. */
  boolean is(Argument argument, String value) {
    return has(argument) && get(argument).stream().allMatch(value::equalsIgnoreCase);
  }

  /** The integer value of a parameter that is present; empty if its value is not an integer. */
  OptionalLong number(Argument argument) {
    Matcher number = WHOLE_NUMBER.matcher(single(argument).orElse(""));
    return number.matches()
        ? OptionalLong.of(Long.parseLong(number.group(1)))
        : OptionalLong.empty();
  }

  Optional<String> single(Argument argument) {
    List<String> values = get(argument).stream().distinct().toList();
    if (values.size() > 1) {
      errors.add(argument, QuestionMessage.SEVERAL_VALUES);
    }
    return values.stream().findFirst();
  }

  /**
   * Whether values are excluded: both {@code !a,b} and {@code !a,!b} exclude the whole list. Any
   * other mix of marked and unmarked values or lists is ambiguous and adds an error.
   */
  boolean isExclusion(Argument argument) {
    List<List<String>> all = lists.getOrDefault(argument, List.of());
    boolean excluded = all.stream().anyMatch(list -> list.get(0).startsWith(MARK));
    boolean isMixed =
        all.stream()
            .anyMatch(list -> list.get(0).startsWith(MARK) != excluded || !isMarkedAlike(list));
    if (isMixed) {
      errors.add(argument, QuestionMessage.MIXED_EXCLUSION);
    } else if (excluded && withoutMarks(argument).size() < get(argument).size()) {
      errors.add(argument, QuestionMessage.EMPTY_EXCLUSION);
    }
    return excluded;
  }

  /**
   * Whether no value, every value, or only the first value has a mark: {@code a,b}, {@code !a,!b}
   * or {@code !a,b}.
   */
  private static boolean isMarkedAlike(List<String> list) {
    long marked = list.stream().filter(value -> value.startsWith(MARK)).count();
    return marked == 0 || marked == list.size() || (marked == 1 && list.get(0).startsWith(MARK));
  }

  /** The values of a list without exclusion marks. */
  List<String> withoutMarks(Argument argument) {
    return get(argument).stream()
        .map(value -> value.startsWith(MARK) ? value.substring(1).strip() : value)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
