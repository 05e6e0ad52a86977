package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Formula;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers questions; the one way to figures, whatever the door. */
@ApplicationScoped
public class AggregateService {
  private static final int MAX_ATTEMPTS = 3;

  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final FigureSource figures;

  public AggregateService(
      Catalog catalog, DisclosurePolicy policy, ReleaseCatalog releases, FigureSource figures) {
    this.catalog = catalog;
    this.policy = policy;
    this.releases = releases;
    this.figures = figures;
  }

  /**
   * Answers a question from the newest release.
   *
   * @return fails with {@link QuestionException} when the question has no meaningful answer or
   *     nothing is published yet
   */
  public Uni<AggregateResult> answer(AggregateQuery query) {
    refuseImpossible(query);
    return answer(query, 1);
  }

  private Uni<AggregateResult> answer(AggregateQuery query, int attempt) {
    return releases
        .latest()
        .onItem()
        .transform(AggregateService::published)
        .chain(release -> answerFrom(release, query))
        .chain(
            result ->
                result
                    .map(answer -> Uni.createFrom().item(answer))
                    .orElseGet(() -> askAgain(query, attempt)));
  }

  /** A release was replaced between planning and running: ask the new one. */
  private Uni<AggregateResult> askAgain(AggregateQuery query, int attempt) {
    return attempt < MAX_ATTEMPTS
        ? answer(query, attempt + 1)
        : Uni.createFrom()
            .failure(
                new IllegalStateException("releases are being replaced faster than questions run"));
  }

  /** Empty when the snapshot of the statement did not see every import of the release. */
  private Uni<Optional<AggregateResult>> answerFrom(Release release, AggregateQuery query) {
    List<YearMonth> months = query.months().select(release.monthList());
    List<ReleaseMonth> sources =
        release.months().stream().filter(month -> months.contains(month.month())).toList();
    PreparedQuestion question =
        new AggregateSql(query).render(sources.stream().map(ReleaseMonth::importId).toList());
    return figures
        .run(question)
        .map(
            cells ->
                cells.publishedImports() < question.imports()
                    ? Optional.empty()
                    : Optional.of(result(query, release, sources, question, cells)));
  }

  private AggregateResult result(
      AggregateQuery query,
      Release release,
      List<ReleaseMonth> sources,
      PreparedQuestion question,
      Cells cells) {
    RowCalculation calculation = new RowCalculation(query, question.sums(), policy.threshold());
    return new AggregateResult(
        query,
        release,
        sources.stream().map(ReleaseMonth::month).toList(),
        cells.cells().stream().map(calculation::row).toList(),
        cells.total(),
        policy.threshold(),
        notDisclosed(query, sources),
        Warnings.of(query, release, sources.size(), catalog));
  }

  private static Map<Level, BigDecimal> notDisclosed(
      AggregateQuery query, List<ReleaseMonth> sources) {
    Set<Level> levels = new LinkedHashSet<>(query.groupBy());
    query.filters().forEach(filter -> levels.add(filter.level()));
    long charged = sources.stream().mapToLong(m -> m.totals().get(SourceMeasure.CHARGED)).sum();
    Map<Level, BigDecimal> shares = new LinkedHashMap<>();
    for (Level level : levels) {
      long lost = sources.stream().mapToLong(m -> m.notDisclosed().getOrDefault(level, 0L)).sum();
      shares.put(
          level,
          charged == 0
              ? BigDecimal.ZERO
              : BigDecimal.valueOf(lost)
                  .divide(BigDecimal.valueOf(charged), 6, RoundingMode.HALF_UP)
                  .stripTrailingZeros());
    }
    return shares;
  }

  private static Release published(Optional<Release> latest) {
    return latest.orElseThrow(
        () ->
            new QuestionException(
                QuestionException.Reason.NOT_PUBLISHED,
                List.of(
                    new QuestionError(
                        "release",
                        "nothing_published",
                        new Label(
                            "aucun mois n'est encore publié ; importer un fichier mensuel",
                            "no month has been published yet; import a monthly file"),
                        List.of()))));
  }

  private static void refuseImpossible(AggregateQuery query) {
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
                + " n'a de sens que pour une seule prestation : ajouter service à group_by, ou filtrer"
                + " sur une prestation (service=1110)",
            measure.id()
                + " only makes sense for one service: add service to group_by, or filter on one"
                + " (service=1110)"),
        List.of());
  }
}
