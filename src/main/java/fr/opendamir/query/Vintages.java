package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Validity;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Fill;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Text;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks questions about levels whose codes were replaced, such as zones by regions. Filters on
 * codes of one vintage select its months. An answer may hold both vintages, with a warning; it may
 * not compare one with the other.
 */
final class Vintages {
  private final Question question;
  private final Catalog catalog;

  Vintages(Question question, Catalog catalog) {
    this.question = question;
    this.catalog = catalog;
  }

  /**
   * Selects the months in which the codes that filters keep are in use. Where there are none, all
   * stay, and the answer has no row.
   */
  List<YearMonth> select(List<YearMonth> months) {
    List<YearMonth> selected =
        months.stream()
            .filter(month -> kept().stream().allMatch(filter -> isInUse(filter, month)))
            .toList();
    return selected.isEmpty() ? months : selected;
  }

  /** The filters that keep codes of a level with vintages. */
  private List<CodeFilter> kept() {
    return question.filters().stream()
        .filter(filter -> !filter.excluded() && !catalog.vintages(filter.level()).isEmpty())
        .toList();
  }

  private boolean isInUse(CodeFilter filter, YearMonth month) {
    return filter.codes().stream()
        .anyMatch(code -> catalog.validity(filter.level(), code).includes(month));
  }

  /**
   * Adds an error for a filter that keeps only codes that are not in use in the months asked for.
   *
   * @param published the months of the releases
   */
  void addContradictions(Collection<YearMonth> published, List<QuestionError> errors) {
    if (question.months().arguments().isEmpty()) {
      return;
    }
    for (CodeFilter filter : kept()) {
      List<YearMonth> months = question.months().select(List.copyOf(published));
      if (!months.isEmpty() && months.stream().noneMatch(month -> isInUse(filter, month))) {
        List<String> inUse =
            catalog.codes(filter.level()).stream()
                .filter(entry -> months.stream().anyMatch(entry.validity()::includes))
                .map(CodeEntry::code)
                .toList();
        errors.add(
            new QuestionError(
                new Argument.Filter(filter.level()),
                BindingMessage.CODES_OF_OTHER_MONTHS,
                List.of(
                    QuestionError.shown(String.join(", ", filter.codes())),
                    filter.level().id(),
                    spans(validities(filter).keySet()),
                    QuestionError.shown(MonthFilter.spans(months)),
                    String.join(", ", inUse)),
                inUse));
      }
    }
  }

  /**
   * Requires that no code is compared with, or repeated for, months of the other vintage.
   *
   * @param months the months of the answer
   * @throws QuestionException that says what would work
   */
  void require(List<YearMonth> months, Optional<ComparedMonths> compared) {
    List<QuestionError> errors = new ArrayList<>();
    for (Level level : QuestionPlanner.levels(question)) {
      List<Validity> vintages = catalog.vintages(level);
      if (!vintages.isEmpty() && compared.filter(c -> isMixed(c, vintages)).isPresent()) {
        errors.add(
            QuestionError.of(
                Part.COMPARE,
                BindingMessage.COMPARED_VINTAGES,
                level.id(),
                spans(vintages),
                level.id()));
      }
      if (question.fill() != Fill.NONE
          && question.groupBy().contains(level)
          && of(months, level).size() > 1) {
        errors.add(
            QuestionError.of(
                Part.FILL, BindingMessage.FILLED_VINTAGES, level.id(), spans(vintages)));
      }
    }
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private static boolean isMixed(ComparedMonths compared, List<Validity> vintages) {
    return compared.months().stream()
        .anyMatch(
            earlier ->
                vintages.stream()
                    .anyMatch(
                        vintage ->
                            vintage.includes(earlier)
                                != vintage.includes(earlier.plusMonths(compared.monthsEarlier()))));
  }

  /** The vintages of a level that months are of. */
  private List<Validity> of(List<YearMonth> months, Level level) {
    return catalog.vintages(level).stream()
        .filter(vintage -> months.stream().anyMatch(vintage::includes))
        .toList();
  }

  /**
   * Returns the warnings that the figures need.
   *
   * @param published the months of the release
   * @param months the months of the answer
   */
  List<Text> warnings(List<YearMonth> published, List<YearMonth> months) {
    List<Text> found = new ArrayList<>();
    for (CodeFilter filter : kept()) {
      List<YearMonth> asked = question.months().select(published);
      validities(filter)
          .forEach(
              (validity, codes) -> {
                if (!asked.stream().allMatch(validity::includes)) {
                  found.add(
                      Text.of(
                          new Label(
                              "%s=%s n'est en vigueur que dans les mois %s : rien ne s'y ajoute des"
                                  + " autres mois.",
                              "%s=%s is in use in the months %s only: other months add nothing to"
                                  + " it."),
                          filter.level().id(),
                          QuestionError.shown(String.join(",", codes)),
                          span(validity)));
                }
              });
    }
    for (Level level : QuestionPlanner.levels(question)) {
      List<Validity> vintages = of(select(months), level);
      if (vintages.size() > 1) {
        found.add(
            Text.of(
                new Label(
                    "Les codes de %s sont de deux découpages, selon le mois (%s) : ils ne se"
                        + " comparent pas.",
                    "The codes of %s are of two vintages, depending on the month (%s): they cannot"
                        + " be compared."),
                level.id(),
                spans(vintages)));
      }
    }
    return found;
  }

  /** The codes of a filter that are not always in use, by the months in which they are. */
  private Map<Validity, List<String>> validities(CodeFilter filter) {
    Map<Validity, List<String>> byValidity = new LinkedHashMap<>();
    for (String code : filter.codes()) {
      Validity validity = catalog.validity(filter.level(), code);
      if (!validity.equals(Validity.ALWAYS)) {
        byValidity.computeIfAbsent(validity, any -> new ArrayList<>()).add(code);
      }
    }
    return byValidity;
  }

  private static String spans(Collection<Validity> validities) {
    return validities.stream().map(Vintages::span).collect(joining(", "));
  }

  /** The text form, as in the filter on months. */
  private static String span(Validity validity) {
    return validity.from().map(YearMonth::toString).orElse("")
        + ".."
        + validity.to().map(YearMonth::toString).orElse("");
  }
}
