package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.disclosure.DisclosurePolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers questions; the one way to figures, whatever the door. */
@ApplicationScoped
public class AggregateService {
  private static final int MAX_ATTEMPTS = 3;

  /** What a difference of releases is made of. */
  private record Compared(
      List<YearMonth> months, QuestionPlan plan, List<ReleaseImport> subtracted) {

    static Compared of(Release from, Release to, AggregateQuery query) {
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
      return new Compared(months, plan, subtracted);
    }
  }

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final FigureSource figures;
  private final QueryConfig config;

  public AggregateService(
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
   * Answers a question, from the newest release unless it names one.
   *
   * @return fails with {@link QuestionException} when the question has no meaningful answer,
   *     nothing is published yet, or the release is not served
   */
  public Uni<AggregateResult> answer(AggregateQuery query) {
    refuseImpossible(query);
    return untilSeen(() -> release(query).chain(release -> answerFrom(release, query)));
  }

  /**
   * Computes all rows of an answer, to be taken bit by bit; otherwise as {@link #answer}.
   *
   * @return fails with {@link QuestionException} as that does, and where there are more than {@link
   *     AggregateQuery#ALL_ROWS}: an answer is never cut silently
   */
  public Uni<AnswerStream> stream(AggregateQuery query) {
    refuseImpossible(query);
    return untilSeen(() -> release(query).chain(release -> streamFrom(release, query)));
  }

  /**
   * Tells what differs between two releases: figures of the second less those of the first, in the
   * cells where something differs. It is made of safe blocks, as everything is.
   *
   * @return fails with {@link QuestionException} as {@link #answer} does, and for measures that are
   *     no sums
   */
  public Uni<AggregateResult> difference(String from, String to, AggregateQuery query) {
    refuseImpossible(query);
    refuseQuotients(query);
    return untilSeen(
        () -> served(from).chain(a -> served(to).chain(b -> differenceOf(a, b, query))));
  }

  /** A release may be replaced between planning and running: then ask the new one. */
  private <T> Uni<T> untilSeen(Supplier<Uni<Optional<T>>> attempt) {
    return Uni.createFrom()
        .deferred(() -> attempt.get())
        .map(result -> result.orElseThrow(ReplacedException::new))
        .onFailure(ReplacedException.class)
        .call(() -> releases.refresh())
        .onFailure(ReplacedException.class)
        .retry()
        .atMost(MAX_ATTEMPTS - 1)
        .onFailure(ReplacedException.class)
        .transform(DataUnavailableException::new);
  }

  /**
   * Tells what answering a question would take, without any work.
   *
   * @return fails as {@link #answer} does
   */
  public Uni<PlannedQuestion> plan(AggregateQuery query) {
    refuseImpossible(query);
    return release(query)
        .map(
            release -> {
              List<YearMonth> months = query.months().select(release.monthList());
              return new PlannedQuestion(
                  query, release, months, plan(query, release, sources(release, months)));
            });
  }

  /**
   * Tells what {@link #difference} would take, without any work.
   *
   * @return fails as that does
   */
  public Uni<PlannedQuestion> planDifference(String from, String to, AggregateQuery query) {
    refuseImpossible(query);
    refuseQuotients(query);
    return served(from)
        .chain(
            before ->
                served(to)
                    .map(
                        after -> {
                          Compared compared = Compared.of(before, after, query);
                          return new PlannedQuestion(
                              query, after, compared.months(), compared.plan());
                        }));
  }

  /** The release that answers a question, as far as it is known; never waits. */
  public Optional<Release> rememberedRelease(AggregateQuery query) {
    return releases.remembered(query.release());
  }

  /** The release that answers a question. */
  public Uni<Release> release(AggregateQuery query) {
    return query
        .release()
        .map(this::served)
        .orElseGet(() -> releases.latest().onItem().transform(AggregateService::published));
  }

  private Uni<Release> served(String id) {
    if (!AggregateQueryParser.isRelease(id)) {
      return Uni.createFrom().failure(notServed(QuestionError.shown(id)));
    }
    return releases
        .find(id)
        .onItem()
        .transform(release -> release.orElseThrow(() -> notServed(id)));
  }

  /** Empty when the snapshot of the statement did not see every import of the release. */
  private Uni<Optional<AggregateResult>> answerFrom(Release release, AggregateQuery query) {
    List<YearMonth> months = query.months().select(release.monthList());
    List<ReleaseMonth> sources = sources(release, months);
    QuestionPlan plan = plan(query, release, sources);
    PreparedQuestion question = AggregateSql.sum(query, policy.threshold(), plan);
    Map<Level, BigDecimal> notDisclosed = notDisclosed(query, sources);
    return run(
        question,
        cells ->
            result(query, Optional.empty(), release, months, plan, question, cells, notDisclosed));
  }

  /** The plan of a question, if it is not too large. */
  private QuestionPlan plan(AggregateQuery query, Release release, List<ReleaseMonth> sources) {
    QuestionPlan plan = QuestionPlanner.plan(query, imports(sources));
    if (plan.scannedRows() > config.maxScannedRows()) {
      throw new TooLargeException(
          plan.scannedRows(),
          config.maxScannedRows(),
          new SmallerQuestions(query, other -> scannedRows(other, release), config.maxScannedRows())
              .find(sources.size()));
    }
    return plan;
  }

  private static long scannedRows(AggregateQuery query, Release release) {
    return isImpossible(query)
        ? Long.MAX_VALUE
        : QuestionPlanner.plan(
                query, imports(sources(release, query.months().select(release.monthList()))))
            .scannedRows();
  }

  private Uni<Optional<AnswerStream>> streamFrom(Release release, AggregateQuery query) {
    List<YearMonth> months = query.months().select(release.monthList());
    QuestionPlan plan = plan(query, release, sources(release, months));
    PreparedStream question = AggregateSql.stream(query, policy.threshold(), plan);
    RowCalculation calculation = new RowCalculation(query, question.sums(), policy.threshold());
    return figures
        .open(question)
        .chain(
            cells -> {
              if (cells.publishedImports() < question.imports().size()) {
                return cells.close().replaceWith(Optional.empty());
              }
              if (cells.total() > AggregateQuery.ALL_ROWS) {
                return cells.close().chain(() -> Uni.createFrom().failure(tooManyRows()));
              }
              return Uni.createFrom()
                  .item(Optional.of(new AnswerStream(query, release, calculation, cells)));
            });
  }

  private Uni<Optional<AggregateResult>> differenceOf(
      Release from, Release to, AggregateQuery query) {
    Compared compared = Compared.of(from, to, query);
    PreparedQuestion question =
        AggregateSql.difference(
            query,
            policy.threshold(),
            compared.plan(),
            compared.subtracted().stream().map(ReleaseImport::id).toList());
    return run(
        question,
        cells ->
            result(
                query,
                Optional.of(from),
                to,
                compared.months(),
                compared.plan(),
                question,
                cells,
                Map.of()));
  }

  private Uni<Optional<AggregateResult>> run(
      PreparedQuestion question, Function<Cells, AggregateResult> result) {
    return figures
        .run(question)
        .map(
            cells ->
                cells.publishedImports() < question.imports()
                    ? Optional.empty()
                    : Optional.of(result.apply(cells)));
  }

  private static List<ReleaseMonth> sources(Release release, List<YearMonth> months) {
    return release.months().stream().filter(month -> months.contains(month.month())).toList();
  }

  private static List<ReleaseImport> imports(List<ReleaseMonth> months) {
    return months.stream().flatMap(month -> month.imports().stream()).toList();
  }

  private static List<ReleaseImport> without(
      List<ReleaseImport> imports, List<ReleaseImport> others) {
    return imports.stream().filter(stored -> !others.contains(stored)).toList();
  }

  private AggregateResult result(
      AggregateQuery query,
      Optional<Release> base,
      Release release,
      List<YearMonth> months,
      QuestionPlan plan,
      PreparedQuestion question,
      Cells cells,
      Map<Level, BigDecimal> notDisclosed) {
    RowCalculation calculation = new RowCalculation(query, question.sums(), policy.threshold());
    return new AggregateResult(
        query,
        base,
        release,
        months,
        plan,
        cells.cells().stream().map(calculation::row).toList(),
        cells.total(),
        policy.threshold(),
        notDisclosed,
        Warnings.of(query, release, months.size(), catalog));
  }

  private static Map<Level, BigDecimal> notDisclosed(
      AggregateQuery query, List<ReleaseMonth> sources) {
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

  private static QuestionException tooManyRows() {
    return new QuestionException(
        QuestionException.Reason.TOO_LARGE,
        List.of(
            new QuestionError(
                "limit",
                "too_many_rows",
                new Label(
                    "la réponse aurait plus de %d lignes : filtrer, retirer un axe de group_by, ou lire par pages (limit=%d et cursor)"
                        .formatted(AggregateQuery.ALL_ROWS, AggregateQuery.MAX_LIMIT),
                    "the answer would have more than %d rows: filter, leave out a dimension of group_by, or read pages (limit=%d and cursor)"
                        .formatted(AggregateQuery.ALL_ROWS, AggregateQuery.MAX_LIMIT)),
                List.of())));
  }

  private static QuestionException refusal(
      QuestionException.Reason reason, String code, Label detail) {
    return new QuestionException(
        reason, List.of(new QuestionError("release", code, detail, List.of())));
  }

  private static void refuseQuotients(AggregateQuery query) {
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

  private static boolean isImpossible(AggregateQuery query) {
    return !query.hasOneServicePerCell()
        && query.measures().stream().anyMatch(m -> m.formula() instanceof Formula.PerAct);
  }

  /**
   * Refuses what has no meaningful answer, before any work.
   *
   * @throws QuestionException that says what would work
   */
  public void refuseImpossible(AggregateQuery query) {
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
