package fr.opendamir.api.http;

import fr.opendamir.access.Caller;
import fr.opendamir.access.Callers;
import fr.opendamir.access.KeyCheck;
import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.KeyText;
import fr.opendamir.access.Keys;
import fr.opendamir.access.Plans;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells who sent a request, by its network or by its key. */
@Singleton
class RequestCallers {
  /**
   * The key that the last request of a connection presented, if well formed: its digest, which
   * takes longer than the rest of finding a caller, is computed once.
   */
  private static final AttributeKey<KeyText> LAST_KEY =
      AttributeKey.valueOf(RequestCallers.class, "key");

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
  Optional<Caller> holder(HttpServerRequest request, String key) {
    return parse(request.connection(), key).flatMap(keys::find).orElse(null)
            instanceof KeyCheck.Valid valid
        ? Optional.of(holder(valid.key()))
        : Optional.empty();
  }

  private static Optional<KeyText> parse(HttpConnection connection, String key) {
    if (!(connection instanceof ConnectionBase known)) {
      return KeyText.parse(key);
    }
    Attribute<KeyText> last = known.channel().attr(LAST_KEY);
    if (last.get() == null || !last.get().is(key)) {
      last.set(KeyText.parse(key).orElse(null));
    }
    return Optional.ofNullable(last.get());
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
        ? holder(request, presented.key().get())
        : Optional.of(network(request));
  }
}
