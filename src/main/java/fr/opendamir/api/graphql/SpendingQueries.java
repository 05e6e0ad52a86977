package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.MeasureCondition;
import fr.opendamir.api.graphql.schema.Spending;
import fr.opendamir.api.graphql.schema.SpendingFilter;
import fr.opendamir.api.graphql.schema.SpendingOrder;
import fr.opendamir.api.graphql.schema.TotalRows;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.Figures;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.question.Question;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The question. */
@GraphQLApi
public class SpendingQueries {
  /** Characters by which another name may be longer than that of its field, as it usually is. */
  private static final int USUAL_ALIAS = 16;

  private final QuestionBinder binder;
  private final Figures figures;

  SpendingQueries(QuestionBinder binder, Figures figures) {
    this.binder = binder;
    this.figures = figures;
  }

  @Query("spending")
  @Description(
      "Sums of measures by any combination of dimensions: those selected in nodes. Every figure is"
          + " an exact sum of published blocks of at least 11 contributors; nothing is rounded or"
          + " perturbed. Detail that is not disclosed is under the code ND.")
  public Uni<Spending> spending(
      @Name("filter") @Description("Conditions on dimensions") SpendingFilter filter,
      @Name("having")
          @DefaultValue("[]")
          @Description("Conditions on figures of nodes, all of which must hold")
          List<@NonNull MeasureCondition> having,
      @Name("orderBy")
          @DefaultValue("[]")
          @Description("What nodes are ordered by, before all codes ascending")
          List<@NonNull SpendingOrder> orderBy,
      @Name("totals") @DefaultValue("NONE") @Description("Nodes of totals besides cells")
          TotalRows totals,
      @Name("first") @DefaultValue("100") @Description("At most this many nodes, 1 to 10,000")
          Integer first,
      @Name("after") @Description("pageInfo.endCursor of the page before") String after,
      @Name("release") @Description("A release that is served; the newest where absent")
          String release,
      Context context) {
    Asked asked = Asked.of(context);
    Question query =
        new SelectedQuestion()
            .select(context.unwrap(DataFetchingEnvironment.class).getSelectionSet())
            .filter(filter)
            .having(having)
            .orderBy(orderBy)
            .totals(totals == null ? null : totals.totals())
            .page(first, after, release)
            .understand(asked.problems().language())
            .inFormat(false);
    return asked.stoppable(
        binder
            .bind(query, asked.served())
            .chain(
                bound ->
                    asked
                        .request()
                        .charge(bound.maxUnits(), bound.leastUnits())
                        .paid(
                            AggregateResult::units,
                            charge -> charge.atDatabase(bound.plan(), () -> figures.answer(bound))))
            .invoke(
                result ->
                    asked.charge(result.maxUnits(), result.units(), result.planned().leastUnits()))
            .call(result -> payForAliases(result, context, asked))
            .map(Spending::new));
  }

  /**
   * What is asked for again under another name is no cell of the answer, but bytes of each node; so
   * is a name that is much longer than that of the field.
   */
  private static Uni<Void> payForAliases(AggregateResult result, Context context, Asked asked) {
    Set<String> seen = new HashSet<>();
    long ofNode = 0;
    for (SelectedField field :
        context.unwrap(DataFetchingEnvironment.class).getSelectionSet().getFields("nodes/**")) {
      boolean isAgain = !seen.add(field.getQualifiedName());
      if (field.getAlias() != null) {
        int longer = field.getAlias().length() - field.getName().length() - USUAL_ALIAS;
        ofNode += isAgain ? PricedLists.VALUE + field.getAlias().length() : Math.max(0, longer);
      }
    }
    long weight = result.rows().size() * ofNode;
    return weight == 0
        ? Uni.createFrom().voidItem()
        : Uni.createFrom().completionStage(() -> asked.pay(weight));
  }
}
