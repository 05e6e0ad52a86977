package fr.opendamir.api.rest;

import fr.opendamir.format.AnswerFormat;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Encodes answers: on a thread that may block, if their format does. */
@ApplicationScoped
class Encoding {
  private final Vertx vertx;

  Encoding(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Encodes one answer.
   *
   * @return fails as {@code encode} does; in the context of the caller
   */
  <T> Uni<T> run(AnswerFormat format, Supplier<T> encode) {
    return format.mayBlock()
        ? Uni.createFrom()
            .completionStage(() -> vertx.executeBlocking(encode::get, false).toCompletionStage())
        : Uni.createFrom().item(encode);
  }
}
