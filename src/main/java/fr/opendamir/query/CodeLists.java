package fr.opendamir.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Question;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The valid codes of each level: the codes in its list, reserved codes, and undocumented codes,
 * which occur in a release but not in the list. For periods, the valid codes are the published
 * periods.
 */
@ApplicationScoped
public class CodeLists {
  private static final long MOST_BYTES = 2_000_000;
  private static final int BYTES_PER_ENTRY = 200;
  private static final int BYTES_PER_CODE = 4;

  /** Undocumented codes are no part of the catalog: each search holds its own. */
  private static final int BYTES_PER_UNDOCUMENTED_CODE = 400;

  private final Catalog catalog;
  private final ReleaseCatalog releases;
  private final UndocumentedCodes undocumented;

  /** What searches found: each looks at every label of a list. */
  private final Cache<Search, List<CodeEntry>> searches =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(
              (Search search, List<CodeEntry> found) ->
                  BYTES_PER_ENTRY
                      + 2 * search.words().length()
                      + BYTES_PER_CODE * found.size()
                      + BYTES_PER_UNDOCUMENTED_CODE * search.undocumented().size())
          .executor(Runnable::run)
          .build();

  private record Search(Level level, String words, Set<String> undocumented) {}

  CodeLists(Catalog catalog, ReleaseCatalog releases, UndocumentedCodes undocumented) {
    this.catalog = catalog;
    this.releases = releases;
    this.undocumented = undocumented;
  }

  /**
   * Finds the codes of a level: the codes in list order, then undocumented codes of the newest
   * release, then reserved codes. For a period level, finds the periods of the newest release.
   *
   * @param search words of the label (French or English) or code; null or blank returns all codes
   */
  public Uni<Listed> find(Level level, String search) {
    return releases
        .latest()
        .chain(newest -> listed(level, search, newest))
        .onFailure(DataUnavailableException.class) // the list is useful even without the database
        .recoverWithUni(
            () -> listed(level, search, Optional.empty()).map(found -> found.incomplete()));
  }

  /**
   * Finds the codes of a level as {@link #find(Level, String)} does, for a given release; only the
   * listed codes if it is absent.
   */
  public Uni<List<CodeEntry>> find(Level level, String search, Optional<Release> release) {
    return listed(level, search, release).map(Listed::codes);
  }

  /**
   * The codes of a level.
   *
   * @param isComplete false while the database is away, which has the undocumented codes
   */
  public record Listed(List<CodeEntry> codes, boolean isComplete) {
    private Listed incomplete() {
      return new Listed(codes, false);
    }
  }

  private Uni<Listed> listed(Level level, String search, Optional<Release> release) {
    LabelSearch words = new LabelSearch(search);
    if (level.dimension() == Dimension.MONTH) {
      return Uni.createFrom()
          .item(() -> new Listed(matching(periods(level, release), words), true));
    }
    return occurring(level, release)
        .map(
            others ->
                new Listed(
                    listed(level, search, words, others.orElse(Set.of())), others.isPresent()));
  }

  private static List<CodeEntry> matching(List<CodeEntry> codes, LabelSearch words) {
    return codes.stream().filter(words::matches).toList();
  }

  private List<CodeEntry> listed(
      Level level, String search, LabelSearch words, Set<String> others) {
    return words.isEmpty()
        ? listed(level, others)
        : searches.get(
            new Search(level, search, others), key -> matching(listed(level, others), words));
  }

  private List<CodeEntry> listed(Level level, Set<String> others) {
    List<CodeEntry> entries = new ArrayList<>(catalog.codes(level));
    others.stream()
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .forEach(code -> entries.add(new CodeEntry(code, catalog.label(level, code))));
    entries.addAll(catalog.reservedCodes(level));
    return entries;
  }

  private List<CodeEntry> periods(Level level, Optional<Release> release) {
    return release.map(Release::monthList).orElse(List.of()).stream()
        .map(YearMonth::toString)
        .map(month -> catalog.coarser(level, month))
        .distinct()
        .map(code -> new CodeEntry(code, catalog.label(level, code)))
        .toList();
  }

  /** The undocumented codes of a release; absent while the database is away. */
  private Uni<Optional<Set<String>>> occurring(Level level, Optional<Release> release) {
    return release
        .map(known -> undocumented.of(known, level))
        .orElseGet(() -> Uni.createFrom().item(Optional.of(Set.of())))
        // A lookup that is too large stays so: the list is as complete as it can be.
        .map(codes -> Optional.of(codes.orElse(Set.of())))
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Optional.empty());
  }

  /**
   * Counts the codes that cells of a release may have at levels: listed, reserved and undocumented
   * codes. For periods of processing, counts the periods of the given months.
   *
   * @return without a level that has too many codes, or whose codes cannot be looked up now
   */
  Uni<Map<Level, Long>> count(Release release, Collection<Level> levels, List<YearMonth> months) {
    return Uni.join()
        .all(levels.stream().map(level -> count(release, level, months)).toList())
        .andFailFast()
        .map(
            counts -> {
              Map<Level, Long> known = new EnumMap<>(Level.class);
              Iterator<Optional<Long>> count = counts.iterator();
              levels.forEach(level -> count.next().ifPresent(codes -> known.put(level, codes)));
              return known;
            });
  }

  private Uni<Optional<Long>> count(Release release, Level level, List<YearMonth> months) {
    if (level.dimension() == Dimension.MONTH) {
      return Uni.createFrom()
          .item(
              Optional.of(
                  months.stream()
                      .map(month -> CarePeriods.period(level, month))
                      .distinct()
                      .count()));
    }
    long listed = (long) catalog.codes(level).size() + catalog.reservedCodes(level).size();
    return undocumented
        .of(release, level)
        // A lookup finds as many codes as a page has rows, so of more codes it misses some.
        .map(
            found ->
                found
                    .map(codes -> listed + codes.size())
                    .filter(codes -> codes < Question.MAX_LIMIT))
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Optional.empty());
  }
}
