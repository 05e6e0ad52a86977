package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Where a request goes on that waited for the end of another one. */
final class RequestContext {
  private RequestContext() {}

  /** Emits in the Vert.x context of the caller of this method; if it has none, wherever it is. */
  static <T> Uni<T> resumed(Uni<T> waiting) {
    Context context = Vertx.currentContext();
    return context == null
        ? waiting
        : waiting.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }
}
