package fr.opendamir.query;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.question.Text;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How complete the periods of care of an answer are.
 *
 * <p>Completeness is measured on earlier periods: of all that they received in the end, the share
 * that was processed as many months after their end as the months of the answer are after the end
 * of the period. All figures of these months count: filters on other levels are ignored.
 *
 * @param completeness by level and period that the months of the answer do not fill: the share
 *     (0..1) of each source measure; null if the release has no earlier period to measure it on
 * @param notSettled by level, for {@code older} and {@code unknown}: the share (0..1) of each
 *     source measure that the months of the answer processed under this code; null if unknown
 * @param measuredOn by level: the earlier periods that completeness is measured on
 */
public record CareCompleteness(
    Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>> completeness,
    Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>> notSettled,
    Map<Level, List<String>> measuredOn) {
  /** Periods that are less complete are provisional. */
  static final BigDecimal LEAST = new BigDecimal("0.98");

  private static final Label PROVISIONAL =
      new Label(
          "Périodes de soins provisoires (moins de 98 %% de ce qu'elles recevront, ou inconnu ;"
              + " voir care_periods) : %s.",
          "Provisional periods of care (less than 98%% of what they will receive, or unknown; see"
              + " care_periods): %s.");
  private static final Label NOT_MEASURED =
      new Label(
          "La complétude de %s est inconnue (null) : la version n'a aucune période antérieure dont"
              + " tous les %d mois de traitement sont publiés.",
          "The completeness of %s is unknown (null): the release has no earlier period of which all"
              + " %d months of processing are published.");

  /**
   * Measures the periods of an answer.
   *
   * @param levels the levels of periods of care in its grouping, finest first
   * @param history the history of its release
   */
  static CareCompleteness of(List<Level> levels, BoundQuestion bound, CareHistory history) {
    Set<SourceMeasure> measures = EnumSet.noneOf(SourceMeasure.class);
    bound.query().measures().forEach(measure -> measures.addAll(measure.sources()));
    Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>> completeness = new LinkedHashMap<>();
    Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>> notSettled = new LinkedHashMap<>();
    Map<Level, List<String>> measuredOn = new LinkedHashMap<>();
    for (Level level : levels) {
      CareHistory.Development development = history.development(level);
      measuredOn.put(level, development.periods());
      completeness.put(level, shares(level, bound.months(), measures, development));
      Map<String, Map<SourceMeasure, BigDecimal>> ofLevel = new LinkedHashMap<>();
      for (String code : List.of(CarePeriods.OLDER, CarePeriods.UNKNOWN)) {
        Map<SourceMeasure, BigDecimal> shares = new EnumMap<>(SourceMeasure.class);
        measures.forEach(
            measure -> shares.put(measure, history.share(level, code, measure, bound.months())));
        ofLevel.put(code, shares);
      }
      notSettled.put(level, ofLevel);
    }
    return new CareCompleteness(completeness, notSettled, measuredOn);
  }

  private static Map<String, Map<SourceMeasure, BigDecimal>> shares(
      Level level,
      List<YearMonth> months,
      Set<SourceMeasure> measures,
      CareHistory.Development development) {
    Set<YearMonth> processed = Set.copyOf(months);
    Map<String, Map<SourceMeasure, BigDecimal>> shares = new LinkedHashMap<>();
    for (String period : CarePeriods.in(level, months)) {
      YearMonth end = CarePeriods.end(level, period);
      List<Integer> steps =
          CarePeriods.steps(level).stream()
              .filter(step -> processed.contains(end.plusMonths(step)))
              .toList();
      if (steps.size() < CarePeriods.steps(level).size()) {
        Map<SourceMeasure, BigDecimal> ofPeriod = new EnumMap<>(SourceMeasure.class);
        measures.forEach(measure -> ofPeriod.put(measure, development.share(measure, steps)));
        shares.put(period, ofPeriod);
      }
    }
    return shares;
  }

  /** Marks the rows of provisional periods. */
  List<ResultRow> marked(List<ResultRow> rows, List<Level> groupBy) {
    return rows.stream().map(row -> marked(row, groupBy)).toList();
  }

  private ResultRow marked(ResultRow row, List<Level> groupBy) {
    if (row.status() != RowStatus.OK) {
      return row;
    }
    // A row of a month and its year is as complete as the month.
    for (Level level : completeness.keySet()) {
      String code = row.codes().get(groupBy.indexOf(level));
      if (CarePeriods.isPeriod(level, code)) {
        return isProvisional(level, code)
            ? new ResultRow(row.codes(), row.values(), RowStatus.PROVISIONAL, row.compared())
            : row;
      }
    }
    return row;
  }

  /** Whether a measure of a period is incomplete, or not known to be complete. */
  boolean isProvisional(Level level, String period) {
    return completeness.get(level).getOrDefault(period, Map.of()).values().stream()
        .anyMatch(share -> share == null || share.compareTo(LEAST) < 0);
  }

  /** Warns of provisional periods. */
  List<Text> warnings() {
    List<Text> warnings = new ArrayList<>();
    completeness.forEach(
        (level, shares) -> {
          List<String> provisional =
              shares.keySet().stream().filter(period -> isProvisional(level, period)).toList();
          if (!provisional.isEmpty()) {
            warnings.add(Text.of(PROVISIONAL, String.join(", ", provisional)));
          }
          if (!provisional.isEmpty() && measuredOn.get(level).isEmpty()) {
            warnings.add(Text.of(NOT_MEASURED, level.id(), CarePeriods.steps(level).size()));
          }
        });
    return warnings;
  }
}
