package fr.opendamir.query;

import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.ReleaseId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Binds questions to the release that answers them: finds the release, checks that it has what the
 * question names, and plans. Every door binds a question once and passes the result on.
 */
@ApplicationScoped
public class QuestionBinder {
  private static final int MAX_ATTEMPTS = 3;

  private final ReleaseCatalog releases;
  private final CodeLists codes;
  private final QueryConfig config;

  QuestionBinder(ReleaseCatalog releases, CodeLists codes, QueryConfig config) {
    this.releases = releases;
    this.codes = codes;
    this.config = config;
  }

  /**
   * Makes an attempt to answer, and repeats it where the release it was bound to is withdrawn
   * meanwhile: then from the releases that are served by then.
   *
   * @return fails with {@link DataUnavailableException} where that happens again and again
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
        .transform(DataUnavailableException::new);
  }

  /**
   * Binds a question to the release it names, else to the newest.
   *
   * @return fails with {@link QuestionException} where the question has no meaningful answer, the
   *     release is not served, or it does not have what the question names; with {@link
   *     TooLargeException} where the question would scan too much
   */
  public Uni<BoundQuestion> bind(Question question) {
    return bind(question, () -> releases.latest());
  }

  /** Binds a question as {@link #bind(Question)} does, among releases that were found before. */
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
        .map(release -> bound(question, release));
  }

  private BoundQuestion bound(Question question, Release release) {
    List<YearMonth> months = question.months().select(release.monthList());
    return new BoundQuestion(
        question,
        Optional.empty(),
        release,
        months,
        plan(question, release, sources(release, months)),
        List.of());
  }

  /**
   * Binds a question for what differs between two releases: figures of the second less those of the
   * first, in the cells where something differs. The difference is made of safe blocks too.
   *
   * @return fails as {@link #bind(Question)} does, and for measures that are no sums
   */
  public Uni<BoundQuestion> bindDifference(String from, String to, Question question) {
    MeasureCoverage.requireDefined(question);
    MeasureCoverage.requireAdditive(question);
    return served(from)
        .chain(
            before ->
                served(to)
                    .call(after -> codes.require(question, List.of(before, after)))
                    .map(after -> difference(before, after, question)));
  }

  private static BoundQuestion difference(Release from, Release to, Question question) {
    // One choice of months for both: the last three of one release differ from another's.
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

  /** An id that no release can have is not looked up in the database. */
  private Uni<Release> served(String id) {
    if (!ReleaseId.isValid(id)) {
      return Uni.createFrom().failure(BindingErrors.notServed(id));
    }
    return releases.find(id).map(release -> release.orElseThrow(() -> BindingErrors.notServed(id)));
  }

  private QuestionPlan plan(Question question, Release release, List<ReleaseMonth> sources) {
    QuestionPlan plan = QuestionPlanner.plan(question, imports(sources));
    if (plan.scannedRows() > config.maxScannedRows()) {
      throw new TooLargeException(
          plan.scannedRows(),
          config.maxScannedRows(),
          new SmallerQuestions(
                  question,
                  smaller -> scannedRows(question, smaller, release, sources),
                  config.maxScannedRows())
              .find(sources.size()));
    }
    return plan;
  }

  /** Choosing months takes long where many periods are named: it is not repeated for the same. */
  private static long scannedRows(
      Question question, Question smaller, Release release, List<ReleaseMonth> sources) {
    List<ReleaseMonth> months =
        smaller.months().equals(question.months())
            ? sources
            : sources(release, smaller.months().select(release.monthList()));
    return months.isEmpty() || !MeasureCoverage.isDefined(smaller)
        ? Long.MAX_VALUE
        : QuestionPlanner.plan(smaller, imports(months)).scannedRows();
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
