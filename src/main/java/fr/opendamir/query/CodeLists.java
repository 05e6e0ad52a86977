package fr.opendamir.query;

import static fr.opendamir.question.QuestionError.shown;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.question.Argument;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.MonthFilter;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBuilder;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionErrors;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.See;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The codes that a question may name at each level: those of its list, reserved ones, and those
 * that a release holds without being in the list. Periods are those published.
 */
@ApplicationScoped
public class CodeLists {
  private static final long MOST_BYTES = 4_000_000;

  /** Of one code. */
  private static final int BYTES = 150;

  /** Codes of lists that are compared with those that are unknown; services have most. */
  private static final int MOST_COMPARED = 3_000;

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_]{1,64}|G:[a-z0-9_]{1,64}");

  /** The codes of a level in a release. */
  private record Key(String release, Level level) {}

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final FigureSource figures;
  private final QueryConfig config;

  /** What a release consists of never changes. */
  private final Cache<Key, Set<String>> undocumented =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, Set<String> codes) -> BYTES * (1 + codes.size()))
          .executor(Runnable::run)
          .build();

  /** What is being asked just now, once for all who want it at the same time. */
  private final ConcurrentMap<Key, CompletableFuture<Optional<Set<String>>>> asking =
      new ConcurrentHashMap<>();

  public CodeLists(
      Catalog catalog,
      DisclosurePolicy policy,
      ReleaseCatalog releases,
      FigureSource figures,
      QueryConfig config) {
    this.catalog = catalog;
    this.policy = policy;
    this.releases = releases;
    this.figures = figures;
    this.config = config;
  }

  /**
   * The codes of a level in the order of its list, then those of the newest release that are not in
   * the list, reserved ones last; periods are those of the newest release.
   *
   * @param search words of the label or code, in either language; all codes where null or blank
   */
  public Uni<List<CodeEntry>> find(Level level, String search) {
    return releases
        .latest()
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Optional.empty()) // the list is worth having while the database is away
        .chain(newest -> find(level, search, newest));
  }

  /** The same of another release; the list alone where there is none. */
  public Uni<List<CodeEntry>> find(Level level, String search, Optional<Release> release) {
    LabelSearch words = new LabelSearch(search);
    Uni<List<CodeEntry>> entries =
        level.dimension() == Dimension.MONTH
            ? Uni.createFrom().item(() -> periods(level, release))
            : occurring(level, release).map(others -> listed(level, others));
    return entries.map(found -> found.stream().filter(words::matches).toList());
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

  /** Codes of a release that are in no list; none while nobody can tell. */
  private Uni<Set<String>> occurring(Level level, Optional<Release> release) {
    return release
        .map(known -> undocumented(known, level))
        .orElseGet(() -> Uni.createFrom().item(Optional.of(Set.of())))
        .map(codes -> codes.orElse(Set.of()))
        .onFailure(DataUnavailableException.class)
        .recoverWithItem(Set.of());
  }

  /**
   * Requires that a question names codes that there are, and that its conditions do not contradict
   * each other or what the releases have. A code that exists and has no rows is fine.
   *
   * @param asked the releases that are asked; what one of them has is known
   * @return fails with {@link QuestionException} that holds everything that is wrong
   */
  Uni<Void> require(Question query, List<Release> asked) {
    List<CodeFilter> doubtful =
        query.filters().stream().filter(filter -> !unlisted(filter).isEmpty()).toList();
    if (doubtful.isEmpty()) {
      return refuse(contradictions(query, asked));
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
              errors.addAll(contradictions(query, asked));
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

  /** The codes of a filter that nobody knows, and those that are in no list but occur. */
  private final class Unknown {
    private final Level level;
    private final List<String> codes;
    private final Set<String> occurring;

    Unknown(Level level, List<String> codes, Set<String> occurring) {
      this.level = level;
      this.codes = codes;
      this.occurring = occurring;
    }

    /** Tells what is wrong; gives how many codes were compared, with those before. */
    int explain(QuestionErrors errors, int comparedBefore) {
      int listed = catalog.codes(level).size();
      int compared = comparedBefore;
      for (String code : codes) {
        boolean isExplained = errors.isExplaining() && compared < MOST_COMPARED;
        errors.add(unknownCode(level, code, occurring, isExplained));
        // Words are looked for in labels too, which takes twice as long.
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
                // nobody can tell: the answer has a warning
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
   * The codes of a release that are not in the list of a level.
   *
   * @return empty where it would take too much to find out
   */
  private Uni<Optional<Set<String>>> undocumented(Release release, Level level) {
    Key key = new Key(release.id(), level);
    Set<String> known = undocumented.getIfPresent(key);
    if (known != null) {
      return Uni.createFrom().item(Optional.of(known));
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
    PreparedQuestion question = AggregateSql.sum(everyCode, policy.threshold(), plan);
    Uni<Optional<Set<String>>> codes =
        Uni.createFrom().completionStage(() -> ask(key, question).copy());
    // Another request may have asked, in a context of its own.
    Context context = Vertx.currentContext();
    return context == null
        ? codes
        : codes.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }

  /** Goes on for the others where one of those who wait leaves. */
  private CompletableFuture<Optional<Set<String>>> ask(Key key, PreparedQuestion question) {
    CompletableFuture<Optional<Set<String>>> own = new CompletableFuture<>();
    CompletableFuture<Optional<Set<String>>> other = asking.putIfAbsent(key, own);
    if (other != null) {
      return other;
    }
    var unused =
        Uni.createFrom()
            .deferred(() -> figures.run(question))
            .map(cells -> found(key, question, cells))
            .onTermination()
            .invoke(() -> asking.remove(key, own))
            .subscribe()
            .with(own::complete, own::completeExceptionally);
    return own;
  }

  private Optional<Set<String>> found(Key key, PreparedQuestion question, Cells cells) {
    if (cells.publishedImports() < question.imports().size()) {
      return Optional.empty(); // it was withdrawn meanwhile
    }
    Set<String> codes = undocumented(key.level(), cells);
    undocumented.put(key, codes);
    return Optional.of(codes);
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

  private List<QuestionError> contradictions(Question query, List<Release> asked) {
    List<QuestionError> errors = new ArrayList<>();
    addEmptyPeriod(query.months(), asked, errors);
    Grouping.possibleLevels().forEach(level -> addContradictingLevels(query, level, errors));
    return errors;
  }

  private static void addEmptyPeriod(
      MonthFilter months, List<Release> asked, List<QuestionError> errors) {
    List<YearMonth> all =
        asked.stream()
            .flatMap(release -> release.monthList().stream())
            .distinct()
            .sorted()
            .toList();
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
                spans(all))
            : QuestionError.of(
                months.arguments().get(0), BindingMessage.NO_MONTH_PUBLISHED, sent, spans(all)));
  }

  /** Months that follow each other as ranges. */
  static String spans(List<YearMonth> months) {
    List<MonthFilter.Range> spans = new ArrayList<>();
    for (YearMonth month : months) {
      MonthFilter.Range last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
      boolean follows =
          last != null && last.last().map(l -> l.plusMonths(1).equals(month)).orElse(false);
      if (follows) {
        spans.set(spans.size() - 1, new MonthFilter.Range(last.first(), Optional.of(month)));
      } else {
        spans.add(new MonthFilter.Range(Optional.of(month), Optional.of(month)));
      }
    }
    return spans.stream().map(MonthFilter.Range::text).collect(Collectors.joining(", "));
  }

  /** Codes that are kept, none of which is in what is kept of a coarser level. */
  private void addContradictingLevels(Question query, Level finer, List<QuestionError> errors) {
    Optional<CodeFilter> kept =
        query.filters().stream().filter(f -> f.level() == finer && !f.excluded()).findFirst();
    Set<String> others = new LinkedHashSet<>();
    Set<String> left = new LinkedHashSet<>(kept.map(CodeFilter::codes).orElse(List.of()));
    for (CodeFilter filter : query.filters()) {
      if (kept.isPresent()
          && filter.level().dimension() == finer.dimension()
          && filter.level().compareTo(finer) > 0) {
        others.add(filter.level().id());
        Set<String> named = Set.copyOf(filter.codes());
        left.removeIf(
            code -> named.contains(coarser(filter.level(), finer, code)) == filter.excluded());
      }
    }
    if (kept.isPresent() && left.isEmpty()) {
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
