package fr.opendamir.api.http;

import fr.opendamir.access.Caller;
import fr.opendamir.access.Callers;
import fr.opendamir.access.KeyCheck;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.Keys;
import fr.opendamir.access.Plans;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells who sent a request, by its network or by its key. */
@ApplicationScoped
class RequestCallers {
  private final Callers callers;
  private final Keys keys;
  private final KeyPlans plans;

  RequestCallers(Callers callers, Keys keys, Plans plans) {
    this.callers = callers;
    this.keys = keys;
    this.plans = new KeyPlans(plans);
  }

  /** The caller of a request without a key. */
  Caller network(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    MultiMap headers = request.headers();
    return callers.anonymous(peer == null ? null : peer.hostAddress(), headers::getAll);
  }

  /** The caller that holds a key. */
  Caller holder(KeyRecord key) {
    return Caller.ofKey(String.valueOf(key.id()), plans.of(key));
  }

  /** The caller that holds a key; empty if the key is not known to be valid. Never waits. */
  Optional<Caller> holder(String key) {
    return keys.find(key).orElse(null) instanceof KeyCheck.Valid valid
        ? Optional.of(holder(valid.key()))
        : Optional.empty();
  }

  /**
   * The caller of a request. Never waits.
   *
   * @return empty if the request presents a key that is refused or has to be looked up
   */
  Optional<Caller> find(HttpServerRequest request) {
    PresentedKey presented = PresentedKey.of(request.headers());
    if (presented.refusal().isPresent()) {
      return Optional.empty();
    }
    return presented.key().isPresent()
        ? holder(presented.key().get())
        : Optional.of(network(request));
  }
}
