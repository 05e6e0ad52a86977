package fr.opendamir.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The windows that replicas share in Redis, over one connection, with one round trip for each take.
 * The first failure closes the connection: no request waits for Redis until a new connection, which
 * is tried at intervals, is established.
 */
final class SharedWindows {
  private static final Logger LOG = Logger.getLogger(SharedWindows.class);
  private static final String PREFIX = "opendamir:allowance:";

  /** Questions on their way; what is above them fails at once. */
  private static final int MOST_IN_FLIGHT = 16_384;

  private final Vertx vertx;
  private final Redis redis;
  private final Duration timeout;
  private final long timer;
  private final String script = script();
  private volatile Link link;
  private volatile Degradation degradation = new Degradation("not connected yet", Instant.now());
  private volatile boolean isConnecting;

  private record Link(RedisConnection connection, String script) {}

  SharedWindows(Vertx vertx, String url, Duration timeout, Duration retry) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.redis =
        Redis.createClient(
            vertx,
            new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(MOST_IN_FLIGHT));
    connect();
    this.timer = vertx.setPeriodic(retry.toMillis(), ignored -> connect());
  }

  boolean isUp() {
    return link != null;
  }

  Optional<Degradation> degradation() {
    return Optional.ofNullable(degradation);
  }

  /** Fails where Redis does not answer in time; then it is down. */
  Future<SharedReply> ask(Caller caller, SharedTake take) {
    Link current = link;
    if (current == null) {
      return Future.failedFuture("Redis is down");
    }
    List<Caller> charged = caller.charged();
    Request request = Request.cmd(Command.EVALSHA).arg(current.script).arg(charged.size());
    charged.forEach(one -> request.arg(PREFIX + one.bucket()));
    take.addTo(request);
    return current
        .connection
        .send(request)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(SharedReply::of)
        .onFailure(e -> lose(current, e));
  }

  void close() {
    vertx.cancelTimer(timer);
    Link current = link;
    if (current != null) {
      lose(current, new IOException("closed"));
    }
    redis.close();
  }

  private synchronized void connect() {
    if (link != null || isConnecting) {
      return;
    }
    isConnecting = true;
    redis
        .connect()
        .compose(
            connection ->
                connection
                    .send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script))
                    .map(Response::toString)
                    .map(sha -> new Link(connection, sha))
                    .onFailure(e -> closeQuietly(connection)))
        .timeout(Math.max(1000, timeout.toMillis()), TimeUnit.MILLISECONDS)
        .onSuccess(this::use)
        .onFailure(e -> notConnected(e));
  }

  private synchronized void use(Link fresh) {
    isConnecting = false;
    fresh.connection.exceptionHandler(e -> lose(fresh, e));
    fresh.connection.endHandler(ignored -> lose(fresh, new IOException("connection closed")));
    link = fresh;
    degradation = null;
    LOG.info("allowances are shared through Redis");
  }

  private synchronized void notConnected(Throwable e) {
    isConnecting = false;
    if (degradation == null) {
      degradation = new Degradation(reason(e), Instant.now());
    }
  }

  private synchronized void lose(Link lost, Throwable e) {
    if (!lost.equals(link)) {
      return; // somebody saw it before
    }
    link = null;
    degradation = new Degradation(reason(e), Instant.now());
    LOG.warnf("Redis does not answer (%s): each process grants allowances of its own", reason(e));
    closeQuietly(lost.connection);
  }

  private static void closeQuietly(RedisConnection connection) {
    var unused = connection.close();
  }

  /** Without the message: it may hold the URL, and the URL a password. */
  private static String reason(Throwable e) {
    return e.getClass().getSimpleName();
  }

  private static String script() {
    try (InputStream in = SharedWindows.class.getResourceAsStream("take.lua")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("take.lua cannot be read", e);
    }
  }
}
