package fr.opendamir.query;

import static fr.opendamir.question.QuestionError.shown;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Argument;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds conditions of a question that are valid one by one, but select nothing together or in the
 * given releases: months that are not published, periods of care that no release can have, and
 * codes that do not belong to the codes selected at a coarser level.
 */
final class Contradictions {
  private final Catalog catalog;
  private final Question question;

  Contradictions(Catalog catalog, Question question) {
    this.catalog = catalog;
    this.question = question;
  }

  /**
   * Finds conditions that contradict each other or the content of the releases.
   *
   * @param asked the releases to answer from
   */
  List<QuestionError> find(List<Release> asked) {
    List<QuestionError> errors = new ArrayList<>();
    List<YearMonth> published =
        asked.stream()
            .flatMap(release -> release.monthList().stream())
            .distinct()
            .sorted()
            .toList();
    addEmptyPeriod(question.months(), published, errors);
    new Vintages(question, catalog).addContradictions(published, errors);
    question.filters().forEach(filter -> addEmptyCarePeriod(filter, asked, errors));
    Grouping.possibleLevels().forEach(level -> addContradictingLevels(level, errors));
    return errors;
  }

  private static void addEmptyPeriod(
      MonthFilter months, List<YearMonth> all, List<QuestionError> errors) {
    if (all.isEmpty() || months.arguments().isEmpty() || !months.select(all).isEmpty()) {
      return;
    }
    boolean isByLast = !months.ofAnyAge().select(all).isEmpty();
    String sent =
        shown(months.conditions().stream().map(c -> c.text()).collect(Collectors.joining(",")));
    errors.add(
        isByLast
            ? QuestionError.of(
                Argument.Part.LAST,
                BindingMessage.NO_RECENT_MONTH,
                months.last().orElseThrow(),
                sent,
                MonthFilter.spans(all))
            : QuestionError.of(
                months.arguments().get(0),
                BindingMessage.NO_MONTH_PUBLISHED,
                sent,
                MonthFilter.spans(all)));
  }

  /** Adds an error if a filter selects only periods of care that no release can have. */
  private static void addEmptyCarePeriod(
      CodeFilter filter, List<Release> asked, List<QuestionError> errors) {
    Level level = filter.level();
    if (!level.isCarePeriod()
        || filter.excluded()
        || !filter.codes().stream().allMatch(code -> isPeriodOrRange(level, code))) {
      return;
    }
    List<String> published =
        CarePeriods.in(
            level, asked.stream().flatMap(release -> release.monthList().stream()).toList());
    if (!published.isEmpty() && published.stream().noneMatch(filter::accepts)) {
      errors.add(
          QuestionError.of(
              new Argument.Filter(level),
              BindingMessage.NO_CARE_PERIOD,
              shown(String.join(", ", filter.codes())),
              published.get(0),
              published.get(published.size() - 1)));
    }
  }

  private static boolean isPeriodOrRange(Level level, String code) {
    return CarePeriods.isPeriod(level, code) || CarePeriods.openRange(level, code).isPresent();
  }

  /**
   * Adds an error if none of the codes selected at a level belongs to the codes selected at a
   * coarser level.
   */
  private void addContradictingLevels(Level finer, List<QuestionError> errors) {
    Optional<CodeFilter> kept =
        question.filters().stream().filter(f -> f.level() == finer && !f.excluded()).findFirst();
    Set<String> others = new LinkedHashSet<>();
    Set<String> remaining = new LinkedHashSet<>(kept.map(CodeFilter::codes).orElse(List.of()));
    for (CodeFilter filter : question.filters()) {
      if (kept.isPresent()
          && Level.coarserOf(finer.dimension()).contains(filter.level())
          && filter.level().compareTo(finer) > 0) {
        others.add(filter.level().id());
        Set<String> named = Set.copyOf(filter.codes());
        remaining.removeIf(
            code -> named.contains(coarser(filter.level(), finer, code)) == filter.excluded());
      }
    }
    if (kept.isPresent() && remaining.isEmpty()) {
      errors.add(
          QuestionError.of(
              new Argument.Filter(finer),
              BindingMessage.NO_COMMON_CODE,
              finer.id(),
              String.join(", ", others)));
    }
  }

  private String coarser(Level coarser, Level finer, String code) {
    return finer.isFinest()
        ? catalog.coarser(coarser, code)
        : catalog.coarser(
            coarser, finer.isGroup() && !isReserved(code) ? ReservedCodes.ofGroup(code) : code);
  }

  private static boolean isReserved(String code) {
    return code.equals(ReservedCodes.NOT_DISCLOSED) || code.equals(ReservedCodes.NOT_FILLED);
  }
}
