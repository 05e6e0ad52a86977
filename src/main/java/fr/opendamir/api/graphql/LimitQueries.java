package fr.opendamir.api.graphql;

import fr.opendamir.access.Plan;
import fr.opendamir.access.PolicyStanding;
import fr.opendamir.answer.RequestAccount;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The limits in force, and their fields. */
@ApplicationScoped
class LimitQueries {
  /** The limits of one caller. */
  private record Limits(Optional<Plan> plan, List<PolicyStanding> allowances) {}

  private final QueryConfig questions;
  private final GraphqlConfig documents;

  LimitQueries(QueryConfig questions, GraphqlConfig documents) {
    this.questions = questions;
    this.documents = documents;
  }

  void addTo(Fetchers fetchers) {
    fetchers.query("limits", LimitQueries::limits);
    fetchers
        .type("Limits", Limits.class)
        .field("maxDimensions", limits -> QuestionBound.GROUP_BY.most())
        .field("maxMeasures", limits -> QuestionBound.MEASURES.most())
        .field("maxOrderKeys", limits -> QuestionBound.SORT.most())
        .field("maxConditions", limits -> QuestionBound.HAVING.most())
        .field("maxCodes", limits -> QuestionBound.CODES.most())
        .field("maxCodesInAll", limits -> QuestionBound.CODES_IN_ALL.most())
        .field("maxPeriods", limits -> QuestionBound.PERIODS.most())
        .field("maxCarePeriods", limits -> QuestionBound.CARE_PERIODS.most())
        .field("maxNodes", limits -> Question.MAX_LIMIT)
        .field("maxOffset", limits -> QuestionBound.OFFSET.most())
        .field("maxScannedRows", limits -> questions.maxScannedRows())
        .field("maxSeconds", limits -> questions.statementTimeoutSeconds())
        .field("maxDepth", limits -> documents.maxDepth())
        .field("maxRootFields", limits -> documents.maxRootFields())
        .field("maxAliases", limits -> documents.maxAliases())
        .field("maxFields", limits -> documents.maxFields())
        .field("maxTokens", limits -> documents.maxTokens())
        .field("maxBodyBytes", limits -> documents.maxBodyBytes())
        .field("maxAnswerBytes", limits -> documents.maxAnswerBytes())
        .field("plan", limits -> limits.plan().map(Plan::name).orElse(null))
        .field("concurrency", limits -> limits.plan().map(Plan::concurrency).orElse(null))
        .field("allowances", Limits::allowances);
    fetchers
        .type("Allowance", PolicyStanding.class)
        .field("name", PolicyStanding::name)
        .field("quota", PolicyStanding::quota)
        .field("windowSeconds", PolicyStanding::windowSeconds)
        .field("remaining", PolicyStanding::remaining)
        .field("resetSeconds", PolicyStanding::resetSeconds);
  }

  private static Uni<Limits> limits(DataFetchingEnvironment environment) {
    RequestAccount account = Asked.of(environment).account();
    return account.standing().map(allowances -> new Limits(account.plan(), allowances));
  }
}
