package fr.opendamir.query;

import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the {@link CareHistory} of releases with a question by month and lag, once for each
 * release.
 */
@ApplicationScoped
public class CareHistories {
  private static final long MOST_BYTES = 8_000_000;

  /** Estimated heap use of one month, in bytes: its lags with six sums each. */
  private static final int BYTES = 10_000;

  private static final List<Measure> MEASURES =
      Arrays.stream(SourceMeasure.values()).map(of -> Measure.valueOf(of.name())).toList();

  private final ReleaseFigures figures;
  private final SharedLookups<String, CareHistory> lookups =
      new SharedLookups<>(
          Caffeine.newBuilder()
              .maximumWeight(MOST_BYTES)
              .weigher((String release, CareHistory history) -> BYTES * (1 + history.months()))
              .executor(Runnable::run)
              .build());

  CareHistories(ReleaseFigures figures) {
    this.figures = figures;
  }

  /** What was read from a damaged segment may be wrong. */
  void forget(@Observes DamagedSegment event) {
    lookups.forget();
  }

  /**
   * Reads the history of a release.
   *
   * @return without any month if that would scan too many rows, or if the release was withdrawn
   *     meanwhile; fails with {@link DataUnavailableException} while no engine can answer
   */
  public Uni<CareHistory> of(Release release) {
    return figures
        .of(release, List.of(Level.MONTH_OF_PROCESSING, Level.CARE_LAG), MEASURES)
        .map(
            everything ->
                lookups
                    .get(release.id(), () -> everything.map(cells -> history(release, cells)))
                    .map(found -> found.orElse(CareHistory.UNKNOWN)))
        .orElseGet(() -> Uni.createFrom().item(CareHistory.UNKNOWN));
  }

  /** The completeness of the periods of care of an answer; empty for an answer that has none. */
  Uni<Optional<CareCompleteness>> completeness(BoundQuestion bound) {
    List<Level> levels =
        bound.query().groupBy().stream().filter(Level::isCarePeriod).sorted().toList();
    return levels.isEmpty() || bound.base().isPresent()
        ? Uni.createFrom().item(Optional.empty())
        : of(bound.release())
            .map(history -> Optional.of(CareCompleteness.of(levels, bound, history)));
  }

  private static CareHistory history(Release release, Cells cells) {
    Map<YearMonth, Map<String, Map<SourceMeasure, Long>>> processed = new HashMap<>();
    release.monthList().forEach(month -> processed.put(month, new HashMap<>()));
    for (ResultRow row : cells.rows()) {
      if (row.suppressed()) {
        continue; // shares contain only what answers show
      }
      Map<SourceMeasure, Long> sums = new EnumMap<>(SourceMeasure.class);
      SourceMeasure[] measures = SourceMeasure.values();
      for (int i = 0; i < measures.length; i++) {
        BigDecimal value = row.values().get(i);
        sums.put(measures[i], value.movePointRight(measures[i].decimals()).longValueExact());
      }
      processed.get(YearMonth.parse(row.codes().get(0))).put(row.codes().get(1), sums);
    }
    return new CareHistory(processed);
  }
}
