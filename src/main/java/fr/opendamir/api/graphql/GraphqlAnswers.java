package fr.opendamir.api.graphql;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.NotCachedException;
import fr.opendamir.answer.Work;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.api.http.Replays;
import fr.opendamir.api.http.RequestLanguage;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Answers operations: parses them, binds each once to the served releases, and passes it to the
 * answer pipeline.
 */
@ApplicationScoped
class GraphqlAnswers {
  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence>; rel=\"license\"";

  /** Thrown for an answer with errors, which must not be cached. */
  static final class WithErrorsException extends NotCachedException {
    private static final long serialVersionUID = 1L;

    private final transient GraphqlEngine.Outcome outcome;

    WithErrorsException(GraphqlEngine.Outcome outcome) {
      this.outcome = outcome;
    }

    GraphqlEngine.Outcome outcome() {
      return outcome;
    }

    @Override
    public long units() {
      return outcome.units();
    }

    @Override
    public boolean isPersonal() {
      return outcome.isPersonal();
    }
  }

  private final Documents documents;
  private final PersistedDocuments persisted;
  private final KnownOperations known;
  private final GraphqlEngine engine;
  private final QuestionBinder binder;
  private final ReleaseCatalog releases;
  private final AnswerService answers;
  private final Replays replays;

  GraphqlAnswers(
      Documents documents,
      PersistedDocuments persisted,
      KnownOperations known,
      GraphqlEngine engine,
      QuestionBinder binder,
      ReleaseCatalog releases,
      AnswerService answers,
      Replays replays) {
    this.documents = documents;
    this.persisted = persisted;
    this.known = known;
    this.engine = engine;
    this.binder = binder;
    this.releases = releases;
    this.answers = answers;
    this.replays = replays;
  }

  /** Answers a request. */
  void answer(RoutingContext context, SentOperation sent, AnswerRequest request) {
    GraphqlReply reply = new GraphqlReply(context, sent);
    Optional<KnownOperations.Known> meaning = known.find(sent);
    Supplier<Optional<AnswerKey>> key = () -> meaning.flatMap(this::key);
    Optional<Uni<Answer>> ready = key.get().flatMap(found -> answers.ready(request, found));
    if (ready.isPresent()) {
      var unused =
          ready
              .get()
              .invoke(answer -> replays.record(context, answer, key))
              .subscribe()
              .with(reply::write, reply::fail);
      return;
    }
    try {
      Operation operation = parse(sent, context.queryParams());
      Execution execution = new Execution(sent, operation, request, reply);
      Cancellable work =
          binder
              .untilServed(() -> releases.served().chain(served -> execution.from(served)))
              .subscribe()
              .with(written -> {}, reply::fail);
      reply.whenClientLeaves(work::cancel);
    } catch (RefusedRequestException e) {
      reply.refuse(e);
    }
  }

  private Optional<AnswerKey> key(KnownOperations.Known meaning) {
    return releases.rememberedServed().flatMap(meaning::key);
  }

  private Operation parse(SentOperation sent, MultiMap parameters) {
    GraphqlRequest request =
        sent.isPost()
            ? GraphqlRequestReader.ofBody(sent.text())
            : GraphqlRequestReader.ofAddress(parameters);
    Documents.Valid document =
        documents.understand(persisted.text(request), request, !sent.isPost());
    persisted.keep(request);
    return Operation.of(document, request);
  }

  /** One operation, answered only from the releases served at one point in time. */
  private final class Execution {
    private final SentOperation sent;
    private final Operation operation;
    private final AnswerRequest request;
    private final GraphqlReply reply;
    private final Optional<KnownOperations.Known> meaning;
    private final AtomicBoolean hasLeft = new AtomicBoolean();

    Execution(SentOperation sent, Operation operation, AnswerRequest request, GraphqlReply reply) {
      this.sent = sent;
      this.operation = operation;
      this.request = request;
      this.reply = reply;
      this.meaning =
          operation.isPersonal()
              ? Optional.empty()
              : Optional.of(known.find(sent).orElseGet(() -> known.remember(sent, operation)));
    }

    Uni<Void> from(ServedReleases served) {
      Asked asked = new Asked(reply.problems(), request, served);
      Optional<AnswerKey> key = meaning.flatMap(operation -> operation.key(served));
      if (key.isEmpty()) {
        // The answer is personal, or nothing is published: it cannot be cached.
        return engine.execute(operation, asked).invoke(reply::write).replaceWithVoid();
      }
      return answers
          .answer(request, key.get(), () -> new Work.Metered(() -> compute(key.get(), asked)))
          .onCancellation()
          .invoke(() -> hasLeft.set(true))
          .invoke(reply::write)
          .replaceWithVoid();
    }

    private Uni<EncodedAnswer> compute(AnswerKey key, Asked asked) {
      return engine
          .execute(operation, asked)
          .map(outcome -> encoded(key, outcome, asked.served()))
          .onTermination()
          .invoke(
              () -> {
                if (hasLeft.get()) { // other requests waited and pay for the result
                  asked.left();
                }
              });
    }

    private EncodedAnswer encoded(
        AnswerKey key, GraphqlEngine.Outcome outcome, ServedReleases served) {
      if (outcome.hasErrors()) {
        throw new WithErrorsException(outcome);
      }
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      headers.add(Map.entry("Content-Type", sent.type().header()));
      headers.add(Map.entry("Content-Language", RequestLanguage.tag(sent.language())));
      meaning
          .flatMap(operation -> operation.release(served))
          .ifPresent(id -> headers.add(Map.entry("X-Release", id)));
      headers.add(Map.entry("Link", LICENCE));
      headers.add(Map.entry("Vary", CacheHeaders.VARY));
      headers.addAll(key.caching());
      return EncodedAnswer.withOpenEnd(
          key.tag(), headers, outcome.body().getBytes(), outcome.units());
    }
  }
}
