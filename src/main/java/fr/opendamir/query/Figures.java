package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Text;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers bound questions from published figures. */
@ApplicationScoped
public class Figures {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ReleaseCatalog releases;
  private final PlannedFigures planned;
  private final CareHistories histories;

  Figures(
      Catalog catalog,
      DisclosurePolicy policy,
      ReleaseCatalog releases,
      PlannedFigures planned,
      CareHistories histories) {
    this.releases = releases;
    this.catalog = catalog;
    this.policy = policy;
    this.planned = planned;
    this.histories = histories;
  }

  /**
   * Answers a question from its release.
   *
   * @return fails with {@link ReplacedException} if the release was withdrawn (see {@link
   *     QuestionBinder#untilServed}), and with {@link QuestionException} if all rows are requested
   *     and do not fit on one page
   */
  public Uni<AggregateResult> answer(BoundQuestion bound) {
    return Uni.createFrom()
        .deferred(() -> histories.completeness(bound))
        .chain(care -> answer(bound, care));
  }

  private Uni<AggregateResult> answer(BoundQuestion bound, Optional<CareCompleteness> care) {
    return Uni.createFrom()
        .deferred(
            () -> {
              requireServed(bound);
              return planned.page(
                  bound.query(), bound.plan(), bound.base().map(base -> bound.subtracted()));
            })
        .map(
            cells -> {
              requireServed(bound);
              AggregateResult result = result(bound, cells, care);
              if (bound.query().asksForAllRows() && result.hasMore()) {
                throw BindingErrors.tooManyRows(Question.MAX_LIMIT);
              }
              return result;
            });
  }

  /**
   * Computes all rows of an answer, to be fetched in batches.
   *
   * @return fails as {@link #answer} does, and with {@link QuestionException} if there are more
   *     rows than {@link Question#ALL_ROWS}: an answer is never truncated silently
   */
  public Uni<AnswerStream> stream(BoundQuestion bound) {
    return Uni.createFrom()
        .deferred(() -> histories.completeness(bound))
        .chain(care -> stream(bound, care));
  }

  private Uni<AnswerStream> stream(BoundQuestion bound, Optional<CareCompleteness> care) {
    return Uni.createFrom()
        .deferred(
            () -> {
              requireServed(bound);
              return planned.stream(bound.query(), bound.plan());
            })
        .chain(
            cells ->
                cells.total() > Question.ALL_ROWS
                    ? cells
                        .close()
                        .chain(
                            () ->
                                Uni.createFrom()
                                    .failure(BindingErrors.tooManyRows(Question.ALL_ROWS)))
                    : Uni.createFrom()
                        .item(
                            new AnswerStream(
                                result(
                                    bound,
                                    new Cells(
                                        cells.publishedImports(),
                                        cells.total(),
                                        List.of(),
                                        cells.coverage()),
                                    care),
                                cells)));
  }

  /**
   * Requires that the releases are still served. Neither engine ensures it: columns have the blocks
   * of a withdrawn import until they are removed, and PostgreSQL answers from its own snapshot.
   */
  private void requireServed(BoundQuestion bound) {
    releases
        .rememberedIds()
        .ifPresent(
            served -> {
              if (!served.contains(bound.release().id())
                  || bound.base().filter(base -> !served.contains(base.id())).isPresent()) {
                throw new ReplacedException();
              }
            });
  }

  /** The warnings about months in which codes of the question are not in use. Needs no answer. */
  public List<Text> coverage(BoundQuestion bound) {
    return new Vintages(bound.query(), catalog)
        .warnings(bound.release().monthList(), bound.months());
  }

  private AggregateResult result(
      BoundQuestion bound, Cells cells, Optional<CareCompleteness> care) {
    Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed =
        bound.base().isPresent() ? Map.of() : notDisclosed(bound);
    return new AggregateResult(
        bound,
        care.map(of -> of.marked(cells.rows(), bound.query().groupBy())).orElse(cells.rows()),
        cells.total(),
        policy.threshold(),
        notDisclosed,
        cells.coverage(),
        care,
        Stream.of(
                Warnings.of(bound.query(), bound.release(), bound.months(), notDisclosed, catalog),
                RateWarnings.of(bound.query(), bound.months(), bound.provisionalYears()),
                ComparisonWarnings.of(bound.comparedMonths()),
                care.map(CareCompleteness::warnings).orElse(List.of()))
            .flatMap(List::stream)
            .toList());
  }

  private static Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed(BoundQuestion bound) {
    Set<SourceMeasure> measures = EnumSet.noneOf(SourceMeasure.class);
    bound.query().measures().forEach(measure -> measures.addAll(measure.sources()));
    return Release.notDisclosedShares(
        QuestionBinder.sources(bound.release(), bound.months()),
        QuestionPlanner.levels(bound.query()),
        measures);
  }
}
