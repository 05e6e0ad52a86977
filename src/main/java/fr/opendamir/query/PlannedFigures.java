package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.question.Question;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Runs planned questions on the engine of their plan. */
@ApplicationScoped
class PlannedFigures {
  private static final SourceTables ROLLUPS = new RollupTables();

  private final DisclosurePolicy policy;
  private final Catalog catalog;
  private final RollupSource rollups;
  private final ColumnSource columns;

  PlannedFigures(
      DisclosurePolicy policy, Catalog catalog, RollupSource rollups, ColumnSource columns) {
    this.policy = policy;
    this.catalog = catalog;
    this.rollups = rollups;
    this.columns = columns;
  }

  /**
   * Runs a page of a question. While PostgreSQL is away, or has no longer the rollups of a release
   * that this service serves until it has fetched the next one, columns answer in its place.
   *
   * @param difference the imports to subtract; empty if the question asks for one release
   * @return fails with {@link ReplacedException} if an import is no longer published
   */
  Uni<Cells> page(Question question, QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    if (plan.sources().isEmpty()) {
      return Uni.createFrom().item(new Cells(0, 0, List.of()));
    }
    return plan.isOfRollups()
        ? ofRollups(question, plan, difference)
            .onFailure(
                failure ->
                    failure instanceof DataUnavailableException
                        || failure instanceof ReplacedException)
            .recoverWithUni(
                () -> ofColumns(question, QuestionPlanner.ofColumns(question, plan), difference))
        : ofColumns(question, plan, difference);
  }

  /**
   * Computes all rows of a question, always from columns.
   *
   * @param plan a plan of columns
   * @return fails as {@link #page} does
   */
  Uni<CellStream> stream(Question question, QuestionPlan plan) {
    return columns
        .open(AggregateSql.stream(question, rendering(columns.tables()), plan))
        .chain(
            cells ->
                cells.publishedImports() < plan.imports().size()
                    ? cells.close().chain(() -> Uni.createFrom().failure(new ReplacedException()))
                    : Uni.createFrom().item(cells));
  }

  private Uni<Cells> ofRollups(
      Question question, QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    PreparedQuestion statement = AggregateSql.page(question, rendering(ROLLUPS), plan, difference);
    return rollups.run(statement).map(cells -> requireAllImports(cells, plan));
  }

  private Uni<Cells> ofColumns(
      Question question, QuestionPlan plan, Optional<List<ReleaseImport>> difference) {
    PreparedQuestion statement =
        AggregateSql.page(question, rendering(columns.tables()), plan, difference);
    return columns.run(statement).map(cells -> requireAllImports(cells, plan));
  }

  private Rendering rendering(SourceTables tables) {
    return new Rendering(tables, catalog, policy.threshold());
  }

  private static Cells requireAllImports(Cells cells, QuestionPlan plan) {
    if (cells.publishedImports() < plan.imports().size()) {
      throw new ReplacedException();
    }
    return cells;
  }
}
