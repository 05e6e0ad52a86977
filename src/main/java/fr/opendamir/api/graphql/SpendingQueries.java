package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.ReleaseTypes.NotDisclosed;
import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.catalog.RowStatus;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.CareCompleteness;
import fr.opendamir.query.ComparedMonths;
import fr.opendamir.query.Figures;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Question;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.SelectedField;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The question, and the fields of its answer. */
@ApplicationScoped
class SpendingQueries {
  /** Characters by which an alias may usually be longer than the name of its field. */
  private static final int USUAL_ALIAS = 16;

  /**
   * A row of an answer. The service writes nodes by {@link NodeColumns} and makes none of these.
   */
  private record Node(Question query, ResultRow row) {
    String code(Level level) {
      return row.codes().get(query.groupBy().indexOf(level));
    }

    Object figure(MeasureValue value) {
      return row.values().get(query.values().indexOf(value));
    }

    String status() {
      return row.status().name();
    }

    String comparedStatus() {
      return row.compared().map(RowStatus::name).orElse(null);
    }
  }

  /** The share of the numerator of a rate that has a denominator. */
  private record Covered(Measure measure, BigDecimal share) {
    static List<Covered> listOf(AggregateResult result) {
      return result.coverage().entrySet().stream()
          .map(entry -> new Covered(entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  /** A share of a source measure at a period or other code of a level of periods of care. */
  private record CareShare(Level level, String code, Measure measure, BigDecimal share) {
    static List<CareShare> listOf(
        AggregateResult result,
        Function<CareCompleteness, Map<Level, Map<String, Map<SourceMeasure, BigDecimal>>>> of) {
      List<CareShare> list = new ArrayList<>();
      result
          .care()
          .map(of)
          .orElse(Map.of())
          .forEach(
              (level, ofLevel) ->
                  ofLevel.forEach(
                      (code, ofCode) ->
                          ofCode.forEach(
                              (measure, share) ->
                                  list.add(
                                      new CareShare(
                                          level, code, Measure.valueOf(measure.name()), share)))));
      return list;
    }
  }

  /** The earlier periods of a level that completeness is measured on. */
  private record MeasuredPeriods(Level level, List<String> periods) {
    static List<MeasuredPeriods> listOf(AggregateResult result) {
      return result.care().map(CareCompleteness::measuredOn).orElse(Map.of()).entrySet().stream()
          .map(entry -> new MeasuredPeriods(entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  private final Catalog catalog;
  private final QuestionBinder binder;
  private final Figures figures;

  SpendingQueries(Catalog catalog, QuestionBinder binder, Figures figures) {
    this.catalog = catalog;
    this.binder = binder;
    this.figures = figures;
  }

  void addTo(Fetchers fetchers) {
    fetchers.query("spending", this::spending);
    addFields(fetchers);
    addNodes(fetchers);
    fetchers
        .type("Code", Code.class)
        .field("code", Code::code)
        .field(
            "label",
            (code, environment) ->
                catalog.label(code.level(), code.code()).in(Asked.language(environment)));
  }

  private static void addFields(Fetchers fetchers) {
    fetchers
        .type("Spending", AggregateResult.class)
        .field("totalCount", AggregateResult::total)
        .field("nodes", SpendingQueries::nodes)
        .field("pageInfo", result -> result)
        .field("release", AggregateResult::release)
        .field("months", result -> texts(result.months()))
        .field("disclosure", result -> result)
        .field("warnings", SpendingQueries::warnings)
        .field("coverage", Covered::listOf)
        .field("provisionalYears", AggregateResult::provisionalYears)
        .field("comparison", result -> result.comparedMonths().orElse(null))
        .field("completeness", result -> CareShare.listOf(result, CareCompleteness::completeness))
        .field("notSettled", result -> CareShare.listOf(result, CareCompleteness::notSettled))
        .field("measuredOn", MeasuredPeriods::listOf)
        .field(
            "attribution",
            (result, environment) -> ReleaseTypes.attribution(result.release(), environment));
    fetchers
        .type("Coverage", Covered.class)
        .field("measure", Covered::measure)
        .field("share", Covered::share);
    fetchers
        .type("PeriodComparison", ComparedMonths.class)
        .field("monthsEarlier", ComparedMonths::monthsEarlier)
        .field("months", compared -> texts(compared.months()))
        .field("notPublished", compared -> texts(compared.notPublished()));
    fetchers
        .type("CareShare", CareShare.class)
        .field("dimension", CareShare::level)
        .field("code", CareShare::code)
        .field("measure", CareShare::measure)
        .field("share", CareShare::share);
    fetchers
        .type("MeasuredPeriods", MeasuredPeriods.class)
        .field("dimension", MeasuredPeriods::level)
        .field("periods", MeasuredPeriods::periods);
    fetchers
        .type("PageInfo", AggregateResult.class)
        .field("hasNextPage", AggregateResult::hasMore)
        .field("hasPreviousPage", result -> result.ownCursor().isPresent())
        .field("startCursor", result -> result.ownCursor().orElse(null))
        .field("endCursor", result -> result.nextCursor().orElse(null));
    fetchers
        .type("Disclosure", AggregateResult.class)
        .field("policy", result -> result.release().policyId())
        .field("threshold", AggregateResult::threshold)
        .field("notDisclosed", result -> NotDisclosed.listOf(result.notDisclosed()))
        .field("documentation", result -> "/v1/disclosure");
  }

  private static void addNodes(Fetchers fetchers) {
    Fetchers.OfType<Node> node =
        fetchers
            .type("SpendingNode", Node.class)
            .field("status", Node::status)
            .field(SchemaNames.COMPARED_STATUS, Node::comparedStatus);
    for (Level level : Level.values()) {
      node.field(
          SchemaNames.field(level),
          CatalogTypes.isPeriod(level)
              ? row -> row.code(level)
              : row -> new Code(level, row.code(level)));
    }
    for (MeasureValue value : SchemaNames.values()) {
      node.field(SchemaNames.field(value), row -> row.figure(value));
    }
  }

  private static List<String> texts(List<YearMonth> months) {
    return months.stream().map(YearMonth::toString).toList();
  }

  private static List<Node> nodes(AggregateResult result) {
    return result.rows().stream().map(row -> new Node(result.query(), row)).toList();
  }

  private static List<String> warnings(AggregateResult result) {
    return result.warnings().stream()
        .map(warning -> warning.in(AddressTerms.INSTANCE).in(result.query().language()))
        .toList();
  }

  private Uni<AggregateResult> spending(DataFetchingEnvironment environment) {
    Asked asked = Asked.of(environment);
    Question query =
        new SelectedQuestion()
            .select(environment.getSelectionSet())
            .filter(environment.getArgument("filter"))
            .compare(environment.getArgument("compare"))
            .fill(environment.getArgument("fill"))
            .having(environment.getArgument("having"))
            .orderBy(environment.getArgument("orderBy"))
            .totals(environment.getArgument("totals"))
            .reference(environment.getArgument("reference"))
            .page(
                environment.getArgument("first"),
                environment.getArgument("after"),
                environment.getArgument("release"))
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
            .call(result -> payForAliases(result, environment, asked)));
  }

  /**
   * A field that is selected again under an alias is not another cell of the answer, but adds bytes
   * to each node; so does an alias that is much longer than the name of its field.
   */
  private static Uni<Void> payForAliases(
      AggregateResult result, DataFetchingEnvironment environment, Asked asked) {
    Set<String> seen = new HashSet<>();
    long ofNode = 0;
    for (SelectedField field : environment.getSelectionSet().getFields("nodes/**")) {
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
