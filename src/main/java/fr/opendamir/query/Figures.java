package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Answers bound questions from published figures. */
@ApplicationScoped
public class Figures {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final FigureSource source;

  Figures(Catalog catalog, DisclosurePolicy policy, FigureSource source) {
    this.catalog = catalog;
    this.policy = policy;
    this.source = source;
  }

  /**
   * Answers a question from its release.
   *
   * @return fails with {@link ReplacedException} if the release was withdrawn (see {@link
   *     QuestionBinder#untilServed}), and with {@link QuestionException} if all rows are requested
   *     and do not fit on one page
   */
  public Uni<AggregateResult> answer(BoundQuestion bound) {
    PreparedQuestion statement =
        bound.base().isPresent()
            ? AggregateSql.difference(
                bound.query(),
                policy.threshold(),
                bound.plan(),
                bound.subtracted().stream().map(ReleaseImport::id).toList())
            : AggregateSql.sum(bound.query(), policy.threshold(), bound.plan());
    return source
        .run(statement)
        .map(
            cells -> {
              if (cells.publishedImports() < statement.imports().size()) {
                throw new ReplacedException();
              }
              AggregateResult result = result(bound, cells);
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
    Question question = bound.query();
    PreparedQuestion statement = AggregateSql.stream(question, policy.threshold(), bound.plan());
    return source
        .open(statement)
        .chain(
            cells -> {
              if (cells.publishedImports() < statement.imports().size()) {
                return refused(cells, new ReplacedException());
              }
              if (cells.total() > Question.ALL_ROWS) {
                return refused(cells, BindingErrors.tooManyRows(Question.ALL_ROWS));
              }
              return Uni.createFrom().item(new AnswerStream(question, bound.release(), cells));
            });
  }

  private static <T> Uni<T> refused(CellStream cells, RuntimeException failure) {
    return cells.close().chain(() -> Uni.createFrom().failure(failure));
  }

  private AggregateResult result(BoundQuestion bound, Cells cells) {
    Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosed =
        bound.base().isPresent() ? Map.of() : notDisclosed(bound);
    return new AggregateResult(
        bound,
        cells.rows(),
        cells.total(),
        policy.threshold(),
        notDisclosed,
        Warnings.of(bound.query(), bound.release(), bound.months(), notDisclosed, catalog));
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
