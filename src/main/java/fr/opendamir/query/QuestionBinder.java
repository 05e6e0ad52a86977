package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.question.Argument.Part;
import fr.opendamir.question.Fill;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.ReleaseId;
import fr.opendamir.reference.Population;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Binds questions to releases: finds the release, checks that it has the codes and months of the
 * question, and makes the query plan. REST and GraphQL bind a question once and pass on the result.
 */
@ApplicationScoped
public class QuestionBinder {
  private static final int MAX_ATTEMPTS = 3;

  private final ReleaseCatalog releases;
  private final CodeRequirements codes;
  private final CodeLists lists;
  private final QueryConfig config;
  private final Population population;
  private final Catalog catalog;

  QuestionBinder(
      ReleaseCatalog releases,
      CodeRequirements codes,
      CodeLists lists,
      QueryConfig config,
      Population population,
      Catalog catalog) {
    this.releases = releases;
    this.codes = codes;
    this.lists = lists;
    this.config = config;
    this.population = population;
    this.catalog = catalog;
  }

  /**
   * Tries to answer. If the bound release is withdrawn during an attempt, refreshes the list of
   * served releases and tries again, up to three times in all.
   *
   * @return fails with {@link DataUnavailableException} if every attempt meets a withdrawn release
   */
  public <T> Uni<T> untilServed(Supplier<Uni<T>> attempt) {
    return Uni.createFrom()
        .deferred(() -> attempt.get())
        .onFailure(ReplacedException.class)
        .call(() -> releases.refresh())
        .onFailure(ReplacedException.class)
        .retry()
        .atMost(MAX_ATTEMPTS - 1)
        .onFailure(ReplacedException.class)
        .transform(
            failure ->
                new DataUnavailableException(DataUnavailableException.Part.RELEASE, failure));
  }

  /**
   * Binds a question to the release that it names, or to the newest release if it names none.
   *
   * @return fails with {@link QuestionException} if the question has no meaningful answer, the
   *     release is not served, or the release lacks the codes or months of the question; with
   *     {@link TooLargeException} if the question would scan too many rows
   */
  public Uni<BoundQuestion> bind(Question question) {
    return bind(question, () -> releases.latest());
  }

  /**
   * Binds a question as {@link #bind(Question)} does, with the newest release already looked up.
   */
  public Uni<BoundQuestion> bind(Question question, ServedReleases served) {
    return bind(question, () -> Uni.createFrom().item(served.newest()));
  }

  private Uni<BoundQuestion> bind(Question question, Supplier<Uni<Optional<Release>>> newest) {
    MeasureCoverage.requireDefined(question);
    return question
        .release()
        .map(this::served)
        .orElseGet(
            () -> newest.get().map(found -> found.orElseThrow(BindingErrors::nothingPublished)))
        .call(release -> codes.require(question, List.of(release)))
        .chain(release -> bound(question, release));
  }

  private Uni<BoundQuestion> bound(Question question, Release release) {
    Vintages vintages = new Vintages(question, catalog);
    List<YearMonth> months = vintages.select(question.months().select(release.monthList()));
    Optional<ComparedMonths> compared = ComparedMonths.of(question, months, release.monthList());
    vintages.require(months, compared);
    RateRequirements.require(question, release, months, compared, population);
    List<ReleaseMonth> sources = sources(release, months);
    QuestionPlan unfilled = plan(question, release, months, compared);
    QuestionPlan plan =
        unfilled.filling(FilledPeriods.of(question, months, unfilled.scannedRows(), catalog));
    return counted(question, release, months, plan)
        .map(
            counted -> {
              BoundQuestion bound = engineBound(question, release, months, counted);
              requireSmallEnough(bound, sources);
              return bound;
            });
  }

  /** Columns count the rows of a stream and hand them out. */
  private static BoundQuestion engineBound(
      Question question, Release release, List<YearMonth> months, QuestionPlan plan) {
    BoundQuestion bound = new BoundQuestion(question, release, months, plan);
    return bound.isStreamed()
        ? new BoundQuestion(question, release, months, QuestionPlanner.ofColumns(question, plan))
        : bound;
  }

  /**
   * Bounds the cells of an answer of all rows by the codes that there are: the rows that are
   * scanned may be many more. Pages need no bound but their limit.
   */
  private Uni<QuestionPlan> counted(
      Question question, Release release, List<YearMonth> months, QuestionPlan plan) {
    boolean isSmall = plan.filled().isEmpty() && plan.mostCells() <= Question.MAX_LIMIT;
    return isSmall || !question.asksForAllRows() || question.groupBy().isEmpty()
        ? Uni.createFrom().item(plan)
        : lists
            .count(release, question.groupBy(), months)
            .map(counts -> plan.bounded(CellBound.of(question, plan, counts)));
  }

  private QuestionPlan plan(
      Question question,
      Release release,
      List<YearMonth> months,
      Optional<ComparedMonths> compared) {
    QuestionPlan plan =
        sourcePlan(question, release, months, compared)
            .with(Denominators.of(question, months, population));
    return compared
        .map(
            earlier ->
                plan.with(
                    new QuestionPlan.Compared(
                        earlier, Denominators.of(question, earlier, population))))
        .orElse(plan);
  }

  private static QuestionPlan sourcePlan(
      Question question,
      Release release,
      List<YearMonth> months,
      Optional<ComparedMonths> compared) {
    List<ReleaseImport> asked = imports(sources(release, months));
    return compared
        .map(
            earlier ->
                QuestionPlanner.plan(question, asked, imports(sources(release, earlier.months()))))
        .orElseGet(() -> QuestionPlanner.plan(question, asked));
  }

  /**
   * Binds a question about the difference between two releases: the figures of the second release
   * minus the figures of the first, in the cells that differ. The difference is computed from safe
   * blocks too.
   *
   * @return fails as {@link #bind(Question)} does, and with {@link QuestionException} for measures
   *     that are not sums
   */
  public Uni<BoundQuestion> bindDifference(String from, String to, Question question) {
    MeasureCoverage.requireDefined(question);
    MeasureCoverage.requireAdditive(question);
    requireOneRelease(question);
    return served(from)
        .chain(
            before ->
                served(to)
                    .call(after -> codes.require(question, List.of(before, after)))
                    .map(after -> difference(before, after, question)));
  }

  /** A difference has the cells that differ, of the periods asked for. */
  private static void requireOneRelease(Question question) {
    List<QuestionError> errors = new ArrayList<>();
    if (question.isComparison()) {
      errors.add(QuestionError.of(Part.COMPARE, BindingMessage.COMPARED_RELEASES));
    }
    if (question.fill() != Fill.NONE) {
      errors.add(QuestionError.of(Part.FILL, BindingMessage.FILLED_DIFFERENCE));
    }
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private static BoundQuestion difference(Release from, Release to, Question question) {
    // Months are selected once for both releases: "the last three" may differ between them.
    List<YearMonth> months =
        question
            .months()
            .select(
                Stream.concat(from.monthList().stream(), to.monthList().stream())
                    .distinct()
                    .toList());
    List<ReleaseImport> before = imports(sources(from, months));
    List<ReleaseImport> after = imports(sources(to, months));
    List<ReleaseImport> subtracted = without(before, after);
    QuestionPlan plan =
        QuestionPlanner.plan(
            question, Stream.concat(without(after, before).stream(), subtracted.stream()).toList());
    return new BoundQuestion(question, Optional.of(from), to, months, plan, subtracted);
  }

  /** Finds a served release by its id; malformed ids are not looked up in the database. */
  private Uni<Release> served(String id) {
    if (!ReleaseId.isValid(id)) {
      return Uni.createFrom().failure(BindingErrors.notServed(id));
    }
    return releases.find(id).map(release -> release.orElseThrow(() -> BindingErrors.notServed(id)));
  }

  private void requireSmallEnough(BoundQuestion bound, List<ReleaseMonth> sources) {
    if (bound.plan().scannedRows() > config.maxScannedRows()) {
      throw new TooLargeException(
          bound.plan().scannedRows(),
          config.maxScannedRows(),
          new SmallerQuestions(
                  bound.query(),
                  smaller -> scannedRows(bound.query(), smaller, bound.release(), sources),
                  config.maxScannedRows())
              .find(sources.size()));
    }
  }

  /**
   * Selecting months is slow with many periods, so it is not repeated for an unchanged month
   * filter.
   */
  private long scannedRows(
      Question question, Question smaller, Release release, List<ReleaseMonth> sources) {
    List<YearMonth> months =
        smaller.months().equals(question.months())
            ? sources.stream().map(ReleaseMonth::month).toList()
            : new Vintages(smaller, catalog).select(smaller.months().select(release.monthList()));
    return months.isEmpty() || !MeasureCoverage.isDefined(smaller)
        ? Long.MAX_VALUE
        : sourcePlan(
                smaller, release, months, ComparedMonths.of(smaller, months, release.monthList()))
            .scannedRows();
  }

  static List<ReleaseMonth> sources(Release release, List<YearMonth> months) {
    Set<YearMonth> selected = Set.copyOf(months);
    return release.months().stream().filter(month -> selected.contains(month.month())).toList();
  }

  private static List<ReleaseImport> imports(List<ReleaseMonth> months) {
    return months.stream().flatMap(month -> month.imports().stream()).toList();
  }

  private static List<ReleaseImport> without(
      List<ReleaseImport> imports, List<ReleaseImport> others) {
    return imports.stream().filter(stored -> !others.contains(stored)).toList();
  }
}
