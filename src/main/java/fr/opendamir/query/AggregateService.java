package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers questions; the one way to figures, whatever the door. */
@ApplicationScoped
public class AggregateService {
  private static final int MAX_ATTEMPTS = 3;

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final FigureSource figures;
  private final QueryConfig config;
  private final CodeLists codes;

  public AggregateService(
      Catalog catalog,
      DisclosurePolicy policy,
      ReleaseCatalog releases,
      FigureSource figures,
      QueryConfig config,
      CodeLists codes) {
    this.catalog = catalog;
    this.policy = policy;
    this.releases = releases;
    this.figures = figures;
    this.config = config;
    this.codes = codes;
  }

  /**
   * Makes an attempt to answer, and makes it again where the release it was bound to is withdrawn
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
   * Binds a question to a release, without any work.
   *
   * @throws QuestionException when the question has no meaningful answer
   * @throws TooLargeException when it would scan too much
   */
  public PlannedQuestion plan(Question query, Release release) {
    refuseImpossible(query);
    List<YearMonth> months = query.months().select(release.monthList());
    return new PlannedQuestion(
        query, release, months, plan(query, release, sources(release, months)));
  }

  /**
   * Binds the question for what differs between two releases, without any work: figures of the
   * second less those of the first, in the cells where something differs. It is made of safe
   * blocks, as everything is.
   *
   * @throws QuestionException as {@link #plan}, and for measures that are no sums
   */
  public PlannedQuestion planDifference(Release from, Release to, Question query) {
    refuseImpossible(query);
    refuseQuotients(query);
    // One choice of months for both: the last three of one release are not those of another.
    List<YearMonth> months =
        query
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
            query, Stream.concat(without(after, before).stream(), subtracted.stream()).toList());
    return new PlannedQuestion(query, Optional.of(from), to, months, plan, subtracted);
  }

  /**
   * Answers a question from the release it is bound to.
   *
   * @return fails with {@link ReplacedException} where that was withdrawn: see {@link
   *     #untilServed}; with {@link QuestionException} where all rows are asked for and are more
   *     than a page holds
   */
  public Uni<AggregateResult> answer(PlannedQuestion planned) {
    PreparedQuestion question =
        planned.base().isPresent()
            ? AggregateSql.difference(
                planned.query(),
                policy.threshold(),
                planned.plan(),
                planned.subtracted().stream().map(ReleaseImport::id).toList())
            : AggregateSql.sum(planned.query(), policy.threshold(), planned.plan());
    return figures
        .run(question)
        .map(
            cells -> {
              if (cells.publishedImports() < question.imports()) {
                throw new ReplacedException();
              }
              AggregateResult result = result(planned, question, cells);
              if (planned.query().asksForAllRows() && result.hasMore()) {
                throw tooManyRows(Question.MAX_LIMIT);
              }
              return result;
            });
  }

  /**
   * Computes all rows of an answer, to be taken bit by bit.
   *
   * @return fails as {@link #answer} does, and with {@link QuestionException} where there are more
   *     than {@link Question#ALL_ROWS}: an answer is never cut silently
   */
  public Uni<AnswerStream> stream(PlannedQuestion planned) {
    Question query = planned.query();
    PreparedStream question = AggregateSql.stream(query, policy.threshold(), planned.plan());
    RowCalculation calculation = new RowCalculation(query, question.sums(), policy.threshold());
    return figures
        .open(question)
        .chain(
            cells -> {
              if (cells.publishedImports() < question.imports().size()) {
                return cells.close().chain(() -> Uni.createFrom().failure(new ReplacedException()));
              }
              if (cells.total() > Question.ALL_ROWS) {
                return cells
                    .close()
                    .chain(() -> Uni.createFrom().failure(tooManyRows(Question.ALL_ROWS)));
              }
              return Uni.createFrom()
                  .item(new AnswerStream(query, planned.release(), calculation, cells));
            });
  }

  /** The release that answers a question, as far as it is known; never waits. */
  public Optional<Release> rememberedRelease(Question query) {
    return releases.remembered(query.release());
  }

  /**
   * The release that answers a question: the newest, unless it names one.
   *
   * @return fails with {@link QuestionException} where it does not have what the question names
   */
  public Uni<Release> release(Question query) {
    return query
        .release()
        .map(this::served)
        .orElseGet(() -> releases.latest().map(AggregateService::published))
        .call(release -> codes.require(query, List.of(release)));
  }

  /** The same, where the newest release was found already. */
  public Uni<Release> release(Question query, Optional<Release> newest) {
    return query
        .release()
        .map(this::served)
        .orElseGet(() -> Uni.createFrom().item(newest).map(AggregateService::published))
        .call(release -> codes.require(query, List.of(release)));
  }

  /**
   * The later of two releases whose difference is asked for.
   *
   * @return fails with {@link QuestionException} where it is not served, or neither of the two has
   *     what the question names
   */
  public Uni<Release> served(String id, Release base, Question query) {
    return served(id).call(release -> codes.require(query, List.of(base, release)));
  }

  /**
   * A release that is served.
   *
   * @return fails with {@link QuestionException} where none of that id is
   */
  public Uni<Release> served(String id) {
    if (!QuestionParser.isRelease(id)) {
      return Uni.createFrom().failure(notServed(QuestionError.shown(id)));
    }
    return releases
        .find(id)
        .onItem()
        .transform(release -> release.orElseThrow(() -> notServed(id)));
  }

  /** The plan of a question, if it is not too large. */
  private QuestionPlan plan(Question query, Release release, List<ReleaseMonth> sources) {
    QuestionPlan plan = QuestionPlanner.plan(query, imports(sources));
    if (plan.scannedRows() > config.maxScannedRows()) {
      throw new TooLargeException(
          plan.scannedRows(),
          config.maxScannedRows(),
          new SmallerQuestions(
                  query,
                  other -> scannedRows(query, other, release, sources),
                  config.maxScannedRows())
              .find(sources.size()));
    }
    return plan;
  }

  /** Choosing months takes long where many periods are named: it is not done again for the same. */
  private static long scannedRows(
      Question query, Question smaller, Release release, List<ReleaseMonth> sources) {
    List<ReleaseMonth> months =
        smaller.months().equals(query.months())
            ? sources
            : sources(release, smaller.months().select(release.monthList()));
    return months.isEmpty() || isImpossible(smaller)
        ? Long.MAX_VALUE
        : QuestionPlanner.plan(smaller, imports(months)).scannedRows();
  }

  private static List<ReleaseMonth> sources(Release release, List<YearMonth> months) {
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

  private AggregateResult result(PlannedQuestion planned, PreparedQuestion question, Cells cells) {
    Question query = planned.query();
    RowCalculation calculation = new RowCalculation(query, question.sums(), policy.threshold());
    return new AggregateResult(
        planned,
        cells.cells().stream().map(calculation::row).toList(),
        cells.total(),
        policy.threshold(),
        planned.base().isPresent()
            ? Map.of()
            : notDisclosed(query, sources(planned.release(), planned.months())),
        Warnings.of(query, planned.release(), planned.months(), catalog));
  }

  private static Map<Level, BigDecimal> notDisclosed(Question query, List<ReleaseMonth> sources) {
    Map<Level, BigDecimal> shares = new LinkedHashMap<>();
    QuestionPlanner.levels(query)
        .forEach(level -> shares.put(level, Release.notDisclosedShare(sources, level)));
    return shares;
  }

  private static Release published(Optional<Release> latest) {
    return latest.orElseThrow(
        () ->
            refusal(
                QuestionException.Reason.NOT_PUBLISHED,
                "nothing_published",
                new Label(
                    "aucun mois n'est encore publié ; importer un fichier mensuel",
                    "no month has been published yet; import a monthly file")));
  }

  private static QuestionException notServed(String id) {
    return refusal(
        QuestionException.Reason.UNKNOWN_RELEASE,
        "unknown_release",
        new Label(
            id + " n'est pas (ou plus) servie ; voir /v1/releases",
            id + " is not, or no longer, served; see /v1/releases"));
  }

  private static QuestionException tooManyRows(int most) {
    return new QuestionException(
        QuestionException.Reason.TOO_LARGE,
        List.of(
            new QuestionError(
                "limit",
                "too_many_rows",
                new Label(
                    "la réponse aurait plus de %d lignes : filtrer, retirer un axe de group_by, ou lire par pages (limit=%d et cursor)"
                        .formatted(most, Question.MAX_LIMIT),
                    "the answer would have more than %d rows: filter, leave out a dimension of group_by, or read pages (limit=%d and cursor)"
                        .formatted(most, Question.MAX_LIMIT)),
                List.of())));
  }

  private static QuestionException refusal(
      QuestionException.Reason reason, String code, Label detail) {
    return new QuestionException(
        reason, List.of(new QuestionError("release", code, detail, List.of())));
  }

  private static void refuseQuotients(Question query) {
    List<QuestionError> errors =
        query.measures().stream()
            .filter(
                m -> m.formula() instanceof Formula.Ratio || m.formula() instanceof Formula.PerAct)
            .map(AggregateService::noSum)
            .toList();
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private static QuestionError noSum(Measure measure) {
    return new QuestionError(
        "measures",
        "not_a_sum",
        new Label(
            measure.id()
                + " est un quotient : sa variation n'est pas une somme de blocs ; demander ses deux"
                + " termes",
            measure.id()
                + " is a quotient: its change is no sum of blocks; ask for the two sums it is made"
                + " of"),
        List.of());
  }

  private static boolean isImpossible(Question query) {
    return !query.hasOneServicePerCell()
        && query.measures().stream().anyMatch(m -> m.formula() instanceof Formula.PerAct);
  }

  /**
   * Refuses what has no meaningful answer, before any work.
   *
   * @throws QuestionException that says what would work
   */
  public void refuseImpossible(Question query) {
    List<QuestionError> errors =
        query.measures().stream()
            .filter(m -> m.formula() instanceof Formula.PerAct && !query.hasOneServicePerCell())
            .map(AggregateService::severalServices)
            .toList();
    if (!errors.isEmpty()) {
      throw new QuestionException(QuestionException.Reason.IMPOSSIBLE, errors);
    }
  }

  private static QuestionError severalServices(Measure measure) {
    return new QuestionError(
        "measures",
        "several_services",
        new Label(
            measure.id()
                + " n'a de sens que pour une seule prestation : ajouter service à group_by, ou"
                + " filtrer sur une prestation (service=1110)",
            measure.id()
                + " only makes sense for one service: add service to group_by, or filter on one"
                + " (service=1110)"),
        List.of());
  }
}
