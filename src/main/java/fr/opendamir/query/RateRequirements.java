package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.question.Argument.Filter;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.reference.Population;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Rejects questions whose rates have no population to be divided by, and says what would work. */
final class RateRequirements {
  /** The largest share of undisclosed strata that standardised measures may leave out. */
  static final BigDecimal MOST_LEFT_OUT = new BigDecimal("0.01");

  private final Question question;
  private final Population population;
  private final List<QuestionError> errors = new ArrayList<>();

  private RateRequirements(Question question, Population population) {
    this.question = question;
    this.population = population;
  }

  /**
   * Requires a population for each rate.
   *
   * @param months the months of the answer
   * @param compared the months that they are compared with
   * @throws QuestionException with every error found
   */
  static void require(
      Question question,
      Release release,
      List<YearMonth> months,
      Optional<ComparedMonths> compared,
      Population population) {
    if (question.measures().stream().anyMatch(Measure::isRate)) {
      new RateRequirements(question, population).require(release, months, compared);
    }
  }

  private void require(Release release, List<YearMonth> months, Optional<ComparedMonths> compared) {
    requireVersion(release);
    requireProcessingPeriods();
    requireAgeGroups();
    requireYears(months, compared);
    for (Measure measure : question.measures()) {
      if (measure.isStandardised()) {
        requireRegionsOnly(measure);
        requireDisclosedStrata(measure, release, months, compared);
      }
    }
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private void requireVersion(Release release) {
    if (!release.references().contains(population.version())) {
      add(
          new QuestionError(
              Part.MEASURES,
              BindingMessage.OTHER_POPULATION,
              List.of(release.id(), population.version()),
              List.of()));
    }
  }

  /** Rejects periods of care: rates are about whole months of processing, and not parts of them. */
  private void requireProcessingPeriods() {
    for (Level level : QuestionPlanner.levels(question)) {
      if (level.isCarePeriod()) {
        Level processing = level.periodForm().orElseThrow();
        boolean isGrouped = question.groupBy().contains(level);
        add(
            new QuestionError(
                isGrouped ? Part.GROUP_BY : new Filter(level),
                BindingMessage.RATE_BY_CARE_PERIOD,
                List.of(level.id(), processing.id()),
                isGrouped ? List.of(processing.id()) : List.of()));
      }
    }
  }

  private void requireAgeGroups() {
    if (question.groupBy().contains(Level.AGE_BAND)) {
      add(
          new QuestionError(
              Part.GROUP_BY,
              BindingMessage.RATE_BY_AGE_BAND,
              List.of(),
              List.of(Level.AGE_GROUP.id())));
    }
    SelectedPeople selected = SelectedPeople.of(question);
    List<String> broken = selected.brokenAgeGroups();
    if (!broken.isEmpty()) {
      String whole =
          selected.touchedAgeGroups().stream()
              .flatMap(group -> SelectedPeople.BANDS.get(group).stream())
              .collect(joining(","));
      boolean isExcluded =
          question.filters().stream()
              .anyMatch(filter -> filter.level() == Level.AGE_BAND && filter.excluded());
      add(
          new QuestionError(
              new Filter(Level.AGE_BAND),
              BindingMessage.PART_OF_AGE_GROUP,
              List.of(String.join(", ", broken), whole),
              List.of((isExcluded ? "!" : "") + whole)));
    }
  }

  private void requireYears(List<YearMonth> months, Optional<ComparedMonths> compared) {
    List<YearMonth> known =
        months.stream().filter(month -> isKnown(month, compared)).sorted().toList();
    String unknown =
        compared.map(earlier -> earlier.with(months)).orElse(months).stream()
            .map(YearMonth::getYear)
            .filter(year -> !population.has(year))
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(joining(", "));
    if (!unknown.isEmpty()) {
      Optional<String> possible =
          known.isEmpty()
              ? Optional.empty()
              : Optional.of(known.get(0) + ".." + known.get(known.size() - 1));
      add(
          new QuestionError(
              new Filter(Level.MONTH_OF_PROCESSING),
              BindingMessage.NO_POPULATION,
              List.of(
                  unknown,
                  String.valueOf(population.firstYear()),
                  String.valueOf(population.lastYear())),
              possible.stream().toList()));
    }
  }

  /** Whether a month, and the month that it is compared with, have a population. */
  private boolean isKnown(YearMonth month, Optional<ComparedMonths> compared) {
    int earlier = compared.map(ComparedMonths::monthsEarlier).orElse(0);
    return population.has(month.getYear()) && population.has(month.minusMonths(earlier).getYear());
  }

  private void requireRegionsOnly(Measure measure) {
    List<String> others =
        question.groupBy().stream()
            .filter(
                level ->
                    level.dimension() != Dimension.REGION && !Denominators.PERIODS.contains(level))
            .map(Level::id)
            .toList();
    if (!others.isEmpty()) {
      addStandardised(measure, BindingMessage.STANDARDISED_BY_OTHERS, others);
    }
    List<String> filtered =
        question.filters().stream()
            .map(CodeFilter::level)
            .filter(
                level ->
                    level.dimension() == Dimension.SEX || level.dimension() == Dimension.AGE_BAND)
            .map(Level::id)
            .toList();
    if (!filtered.isEmpty()) {
      addStandardised(measure, BindingMessage.STANDARDISED_OF_SOME, filtered);
    }
  }

  private void addStandardised(Measure measure, BindingMessage message, List<String> levels) {
    add(
        new QuestionError(
            Part.MEASURES,
            message,
            List.of(measure.id(), String.join(", ", levels), measure.crude().id()),
            List.of(measure.crude().id())));
  }

  private void requireDisclosedStrata(
      Measure measure, Release release, List<YearMonth> months, Optional<ComparedMonths> compared) {
    BigDecimal leftOut = undisclosedStrata(measure, release, months);
    if (compared.isPresent() && !compared.get().months().isEmpty()) {
      leftOut = leftOut.max(undisclosedStrata(measure, release, compared.get().months()));
    }
    if (leftOut.compareTo(MOST_LEFT_OUT) > 0) {
      add(
          new QuestionError(
              Part.MEASURES,
              BindingMessage.UNDISCLOSED_STRATA,
              List.of(
                  measure.id(),
                  leftOut.movePointRight(2).stripTrailingZeros().toPlainString(),
                  measure.crude().id()),
              List.of(measure.crude().id())));
    }
  }

  private static BigDecimal undisclosedStrata(
      Measure measure, Release release, List<YearMonth> months) {
    List<SourceMeasure> sources = measure.sources();
    Map<Level, Map<SourceMeasure, BigDecimal>> shares =
        Release.notDisclosedShares(
            QuestionBinder.sources(release, months), List.of(Level.SEX, Level.AGE_BAND), sources);
    return sources.stream()
        .map(
            source ->
                shares.values().stream()
                    .map(share -> share.get(source))
                    .filter(Objects::nonNull)
                    .reduce(BigDecimal.ZERO, BigDecimal::add))
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private void add(QuestionError error) {
    errors.add(error);
  }
}
