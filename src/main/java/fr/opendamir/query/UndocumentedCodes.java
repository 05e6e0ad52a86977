package fr.opendamir.query;

import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The undocumented codes of releases, which occur in a release but not in the list of their level.
 * They are looked up with a question that groups by the level.
 */
@ApplicationScoped
class UndocumentedCodes {
  private static final long MOST_BYTES = 4_000_000;

  /** Estimated heap use of one code, in bytes. */
  private static final int BYTES = 150;

  /** Cache key: a level in a release. */
  private record Key(String release, Level level) {}

  private final Catalog catalog;
  private final ReleaseFigures figures;

  /** Entries never expire, because the content of a release never changes. */
  private final SharedLookups<Key, Set<String>> found =
      new SharedLookups<>(
          Caffeine.newBuilder()
              .maximumWeight(MOST_BYTES)
              .weigher((Key key, Set<String> codes) -> BYTES * (1 + codes.size()))
              .executor(Runnable::run)
              .build());

  UndocumentedCodes(Catalog catalog, ReleaseFigures figures) {
    this.catalog = catalog;
    this.figures = figures;
  }

  /** What was read from a damaged segment may be wrong. */
  void forget(@Observes DamagedSegment event) {
    found.forget();
  }

  /**
   * Finds the codes of a release that are not in the list of a level.
   *
   * @return empty if the lookup would scan too many rows
   */
  Uni<Optional<Set<String>>> of(Release release, Level level) {
    if (level.isCarePeriod()) {
      return Uni.createFrom()
          .item(Optional.of(Set.copyOf(CarePeriods.in(level, release.monthList()))));
    }
    return figures
        .of(release, List.of(level), List.of(Measure.QUANTITY))
        .map(
            everyCode ->
                found.get(
                    new Key(release.id(), level), () -> everyCode.map(cells -> in(level, cells))))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Set<String> in(Level level, Cells cells) {
    return cells.rows().stream()
        .map(row -> row.codes().get(0))
        .filter(code -> !catalog.isListed(level, code) && !code.equals(ReservedCodes.TOTAL))
        .collect(Collectors.toUnmodifiableSet());
  }
}
