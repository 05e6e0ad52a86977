package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.LabelStyle;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Figures of all months of a release, for what the service itself must know of it. */
@ApplicationScoped
class ReleaseFigures {
  private final PlannedFigures figures;
  private final QueryConfig config;

  ReleaseFigures(PlannedFigures figures, QueryConfig config) {
    this.figures = figures;
    this.config = config;
  }

  /**
   * Plans the question of a release by levels, at most {@link Question#MAX_LIMIT} rows.
   *
   * @return computes the rows when it is subscribed to, and fails as {@link PlannedFigures#page}
   *     does; empty if that would scan more rows than a question may
   */
  Optional<Uni<Cells>> of(Release release, List<Level> levels, List<Measure> measures) {
    Question question =
        new QuestionBuilder()
            .groupBy(levels)
            .measures(measures)
            .labels(LabelStyle.ID)
            .build()
            .withLimit(Question.MAX_LIMIT)
            .of(release.id());
    QuestionPlan plan = QuestionPlanner.plan(question, release.imports());
    return plan.scannedRows() > config.maxScannedRows()
        ? Optional.empty()
        : Optional.of(
            Uni.createFrom().deferred(() -> figures.page(question, plan, Optional.empty())));
  }
}
