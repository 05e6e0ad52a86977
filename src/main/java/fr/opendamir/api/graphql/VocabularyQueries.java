package fr.opendamir.api.graphql;

import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.api.graphql.schema.AllowanceFields;
import fr.opendamir.api.graphql.schema.DimensionFields;
import fr.opendamir.api.graphql.schema.DimensionName;
import fr.opendamir.api.graphql.schema.LimitFields;
import fr.opendamir.api.graphql.schema.MeasureFields;
import fr.opendamir.api.graphql.schema.MeasureName;
import fr.opendamir.api.graphql.schema.ReleaseFields;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReplacedException;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** What questions are made of, what they are answered from, and within which limits. */
@GraphQLApi
@NonBlocking
public class VocabularyQueries {
  private final Catalog catalog;
  private final ReleaseCatalog releases;
  private final QueryConfig questions;
  private final GraphqlConfig documents;

  VocabularyQueries(
      Catalog catalog, ReleaseCatalog releases, QueryConfig questions, GraphqlConfig documents) {
    this.catalog = catalog;
    this.releases = releases;
    this.questions = questions;
    this.documents = documents;
  }

  @NonNull
  @Query("dimensions")
  @Description("Dimensions and levels: what figures are grouped by and filtered on")
  public List<@NonNull DimensionFields> dimensions(
      @Name("names") @DefaultValue("[]") @Description("Only these; all where there are none")
          List<@NonNull DimensionName> names) {
    return (Lists.orEmpty(names).isEmpty() ? Arrays.asList(DimensionName.values()) : names)
        .stream()
            .map(DimensionName::level)
            .distinct()
            .map(level -> new DimensionFields(level, catalog.describe(level)))
            .toList();
  }

  @NonNull
  @Query("measures")
  @Description("Everything that can be measured, with unit, formula and caveats")
  public List<@NonNull MeasureFields> measures(
      @Name("names") @DefaultValue("[]") @Description("Only these; all where there are none")
          List<@NonNull MeasureName> names) {
    return (Lists.orEmpty(names).isEmpty() ? Arrays.asList(MeasureName.values()) : names)
        .stream()
            .map(MeasureName::measure)
            .distinct()
            .map(measure -> new MeasureFields(measure, catalog.describe(measure)))
            .toList();
  }

  @Query("releases")
  @Description("The releases that are served, newest first")
  public Uni<List<@NonNull ReleaseFields>> releases(
      @Name("ids") @DefaultValue("[]") @Description("Only these; all where there are none")
          List<@NonNull String> ids,
      Context context) {
    Asked operation = Asked.of(context);
    var language = operation.problems().language();
    List<String> asked = Lists.orEmpty(ids);
    return releases
        .list()
        .invoke(() -> requireCurrent(operation))
        .map(
            served ->
                served.stream()
                    .filter(release -> asked.isEmpty() || asked.contains(release.id()))
                    .map(release -> new ReleaseFields(release, language))
                    .toList());
  }

  /** What is listed must be what the entity tag of the answer was made of. */
  private void requireCurrent(Asked operation) {
    if (!releases.rememberedIds().equals(Optional.of(operation.served().ids()))) {
      throw new ReplacedException();
    }
  }

  @NonNull
  @Query("limits")
  @Description(
      "The limits in force, and the caller's allowances; free of charge, for nobody to keep")
  public Uni<LimitFields> limits(Context context) {
    RequestAccount account = Asked.of(context).account();
    return account.standing().map(allowances -> limits(account.plan(), allowances));
  }

  private LimitFields limits(Optional<Plan> plan, List<PolicyStanding> allowances) {
    return new LimitFields(
        QuestionBound.GROUP_BY.most(),
        QuestionBound.MEASURES.most(),
        QuestionBound.SORT.most(),
        QuestionBound.HAVING.most(),
        QuestionBound.CODES.most(),
        QuestionBound.CODES_IN_ALL.most(),
        QuestionBound.PERIODS.most(),
        Question.MAX_LIMIT,
        QuestionBound.OFFSET.most(),
        BigInteger.valueOf(questions.maxScannedRows()),
        questions.statementTimeoutSeconds(),
        documents.maxDepth(),
        documents.maxRootFields(),
        documents.maxAliases(),
        documents.maxFields(),
        documents.maxTokens(),
        documents.maxBodyBytes(),
        documents.maxAnswerBytes(),
        plan.map(Plan::name).orElse(null),
        plan.map(Plan::concurrency).orElse(null),
        allowances.stream().map(AllowanceFields::new).toList());
  }
}
