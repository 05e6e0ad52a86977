package fr.opendamir.query;

import static fr.opendamir.question.QuestionError.shown;

import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Argument;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBuilder;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.See;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The valid codes of each level: the codes in its list, reserved codes, and undocumented codes,
 * which occur in a release but not in the list. For periods, the valid codes are the published
 * periods.
 */
@ApplicationScoped
public class CodeLists {
  private static final long MOST_BYTES = 4_000_000;

  /** Estimated heap use of one code, in bytes. */
  private static final int BYTES = 150;

  /**
   * Maximum number of code comparisons to find suggestions for one request. The list of services is
   * the longest.
   */
  private static final int MOST_COMPARED = 3_000;

  /** As nearly all codes are; another value that does not occur is rather a label or a habit. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,64}|G:[a-z0-9_]{1,64}");

  /** Cache key: a level in a release. */
  private record Key(String release, Level level) {}

  private final Catalog catalog;
  private final ReleaseCatalog releases;
  private final PlannedFigures figures;
  private final QueryConfig config;

  /** Entries never expire, because the content of a release never changes. */
  private final SharedLookups<Key, Set<String>> undocumented =
      new SharedLookups<>(
          Caffeine.newBuilder()
              .maximumWeight(MOST_BYTES)
              .weigher((Key key, Set<String> codes) -> BYTES * (1 + codes.size()))
              .executor(Runnable::run)
              .build());

  public CodeLists(
      Catalog catalog, ReleaseCatalog releases, PlannedFigures figures, QueryConfig config) {
    this.catalog = catalog;
    this.releases = releases;
    this.figures = figures;
    this.config = config;
  }

  /** What was read may be wrong. */
  void forget(@Observes DamagedSegment event) {
    undocumented.forget();
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

    private Listed matching(LabelSearch words) {
      return new Listed(codes.stream().filter(words::matches).toList(), isComplete);
    }
  }

  private Uni<Listed> listed(Level level, String search, Optional<Release> release) {
    LabelSearch words = new LabelSearch(search);
    Uni<Listed> all =
        level.dimension() == Dimension.MONTH
            ? Uni.createFrom().item(() -> new Listed(periods(level, release), true))
            : occurring(level, release)
                .map(
                    others ->
                        new Listed(listed(level, others.orElse(Set.of())), others.isPresent()));
    return all.map(found -> found.matching(words));
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
        .map(known -> undocumented(known, level))
        .orElseGet(() -> Uni.createFrom().item(Optional.of(Set.of())))
        // A lookup that is too large stays so: the list is as complete as it can be.
        .map(codes -> Optional.of(codes.orElse(Set.of())))
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Optional.empty());
  }

  /**
   * Requires that the codes of a question exist, and that its conditions do not contradict each
   * other or the content of the releases. A listed code without any rows is accepted.
   *
   * @param asked the releases to answer from; a code is known if it occurs in at least one of them
   * @return fails with a {@link QuestionException} that lists all errors
   */
  Uni<Void> require(Question question, List<Release> asked) {
    List<CodeFilter> doubtful =
        question.filters().stream().filter(filter -> !unlisted(filter).isEmpty()).toList();
    if (doubtful.isEmpty()) {
      return refuse(new Contradictions(catalog, question).given(asked));
    }
    return Uni.join()
        .all(doubtful.stream().map(filter -> unknown(filter, asked)).toList())
        .andFailFast()
        .chain(
            filters -> {
              QuestionErrors errors = new QuestionErrors();
              int compared = 0;
              for (Unknown filter : filters) {
                compared = filter.explain(errors, compared);
              }
              errors.addAll(new Contradictions(catalog, question).given(asked));
              return refuse(errors.list());
            });
  }

  private static Uni<Void> refuse(List<QuestionError> errors) {
    return errors.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.createFrom()
            .failure(new QuestionException(QuestionException.Reason.MALFORMED, errors));
  }

  private List<String> unlisted(CodeFilter filter) {
    return filter.codes().stream().filter(code -> !catalog.isListed(filter.level(), code)).toList();
  }

  /** The unknown codes of a filter, and the undocumented codes of its level. */
  private final class Unknown {
    private final Level level;
    private final List<String> codes;
    private final Set<String> occurring;

    Unknown(Level level, List<String> codes, Set<String> occurring) {
      this.level = level;
      this.codes = codes;
      this.occurring = occurring;
    }

    /** Adds the errors; returns the number of codes compared so far, including earlier filters. */
    int explain(QuestionErrors errors, int comparedBefore) {
      int listed = catalog.codes(level).size();
      int compared = comparedBefore;
      for (String code : codes) {
        boolean isExplained = errors.isExplaining() && compared < MOST_COMPARED;
        errors.add(unknownCode(level, code, occurring, isExplained));
        // Words are also searched for in labels, which takes twice as long.
        compared += isExplained ? (CodeHabits.isNumber(code) ? listed : 2 * listed) : 0;
      }
      return compared;
    }
  }

  private Uni<Unknown> unknown(CodeFilter filter, List<Release> asked) {
    return Uni.join()
        .all(asked.stream().map(release -> undocumented(release, filter.level())).toList())
        .andFailFast()
        .map(
            found -> {
              if (found.stream().anyMatch(Optional::isEmpty)) {
                // codes cannot be determined: the answer has a warning instead
                return new Unknown(filter.level(), List.of(), Set.of());
              }
              Set<String> occurring = new HashSet<>();
              found.forEach(codes -> occurring.addAll(codes.orElseThrow()));
              return new Unknown(
                  filter.level(),
                  unlisted(filter).stream().filter(code -> !occurring.contains(code)).toList(),
                  occurring);
            });
  }

  /**
   * Finds the codes of a release that are not in the list of a level.
   *
   * @return empty if the lookup would scan too many rows
   */
  private Uni<Optional<Set<String>>> undocumented(Release release, Level level) {
    if (level.isCarePeriod()) {
      return Uni.createFrom()
          .item(Optional.of(Set.copyOf(CarePeriods.in(level, release.monthList()))));
    }
    Question everyCode =
        new QuestionBuilder()
            .groupBy(List.of(level))
            .measures(List.of(Measure.QUANTITY))
            .labels(LabelStyle.ID)
            .build()
            .withLimit(Question.MAX_LIMIT)
            .of(release.id());
    QuestionPlan plan =
        QuestionPlanner.plan(
            everyCode,
            release.months().stream().flatMap(month -> month.imports().stream()).toList());
    if (plan.scannedRows() > config.maxScannedRows()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return undocumented.get(
        new Key(release.id(), level),
        () ->
            figures
                .page(everyCode, plan, Optional.empty())
                .map(cells -> undocumented(level, cells)));
  }

  /**
   * Counts the codes that cells of a release may have at levels: listed, reserved and undocumented
   * codes. For periods of processing, counts those of the given months.
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
                  months.stream().map(month -> PeriodCode.of(level, month)).distinct().count()));
    }
    long listed = (long) catalog.codes(level).size() + catalog.reservedCodes(level).size();
    return undocumented(release, level)
        // A lookup finds as many codes as a page has rows, so of more codes it misses some.
        .map(
            found ->
                found
                    .map(codes -> listed + codes.size())
                    .filter(codes -> codes < Question.MAX_LIMIT))
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Optional.empty());
  }

  private Set<String> undocumented(Level level, Cells cells) {
    return cells.rows().stream()
        .map(row -> row.codes().get(0))
        .filter(code -> !catalog.isListed(level, code) && !code.equals(ReservedCodes.TOTAL))
        .collect(Collectors.toUnmodifiableSet());
  }

  private QuestionError unknownCode(
      Level level, String code, Set<String> occurring, boolean isExplained) {
    Argument filter = new Argument.Filter(level);
    if (code.equals(ReservedCodes.TOTAL)) {
      return QuestionError.of(filter, BindingMessage.CODE_OF_TOTALS);
    }
    List<String> nearest =
        isExplained ? CodeHabits.suggest(catalog, level, code, occurring) : List.of();
    if (!CODE.matcher(code).matches()) {
      return QuestionError.noCode(level, code, nearest);
    }
    See codes = new See.Codes(level);
    return nearest.isEmpty()
        ? QuestionError.of(filter, BindingMessage.UNKNOWN_CODE, shown(code), level.id(), codes)
        : new QuestionError(
            filter,
            BindingMessage.CODE_WRITTEN_OTHERWISE,
            List.of(shown(code), level.id(), CodeHabits.labelled(catalog, level, nearest), codes),
            nearest);
  }
}
