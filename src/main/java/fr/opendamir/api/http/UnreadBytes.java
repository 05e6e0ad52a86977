package fr.opendamir.api.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts response bytes that clients have not read yet, per caller and in total. A caller above its
 * limit gets no more answers until it reads; above the total limit, the connection that has read
 * nothing for the longest time is closed.
 */
@Singleton
class UnreadBytes {
  private static final AttributeKey<String> CALLER =
      AttributeKey.valueOf(UnreadBytes.class, "caller");
  private static final String NOBODY = "";

  private final long most;
  private final long mostOfCaller;
  private final long stallNanos;
  private final AtomicLong all = new AtomicLong();
  private final Map<String, Long> ofCaller = new ConcurrentHashMap<>();

  /** The connections of each event loop with waiting bytes, and the caller of each. */
  private final FastThreadLocal<Map<PacedWrites, String>> ofLoop =
      new FastThreadLocal<>() {
        @Override
        protected Map<PacedWrites, String> initialValue() {
          return new LinkedHashMap<>();
        }
      };

  @Inject
  UnreadBytes(HttpConfig config) {
    this(config.unread().asLongValue(), config.unreadOfCaller().asLongValue(), config.stallLimit());
  }

  /**
   * Creates the counters.
   *
   * @param most maximum bytes in total
   * @param mostOfCaller maximum bytes of one caller
   * @param stall time after which a connection that reads nothing is closed
   */
  UnreadBytes(long most, long mostOfCaller, Duration stall) {
    this.most = most;
    this.mostOfCaller = mostOfCaller;
    this.stallNanos = stall.toNanos();
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    Gauge.builder("opendamir.connections.unread.bytes", this, UnreadBytes::all)
        .description("Bytes of answers that wait for clients to read them")
        .register(registry);
    Gauge.builder("opendamir.memory.direct.maximum.bytes", PlatformDependent::maxDirectMemory)
        .description("Bytes that buffers outside the heap may take")
        .register(registry);
  }

  /** Records the caller of the next answers on a connection. */
  static void attribute(HttpConnection connection, String caller) {
    if (connection instanceof ConnectionBase known) {
      known.channel().attr(CALLER).set(caller);
    }
  }

  /** Whether a caller has reached its limit. */
  boolean isFull(String caller) {
    return ofCaller.getOrDefault(caller, 0L) >= mostOfCaller;
  }

  /** Unread bytes of all callers. */
  long all() {
    return all.get();
  }

  /** Number of connections of this event loop with waiting bytes. */
  int connections() {
    return ofLoop.get().size();
  }

  long stallNanos() {
    return stallNanos;
  }

  /**
   * Starts tracking a connection with waiting bytes. Like all methods below, called on its event
   * loop.
   */
  void begins(PacedWrites connection, Channel channel) {
    String caller = channel.attr(CALLER).get();
    ofLoop.get().put(connection, caller == null ? NOBODY : caller);
  }

  void add(PacedWrites connection, long bytes) {
    count(connection, bytes);
    if (all.addAndGet(bytes) > most) {
      makeRoom();
    }
  }

  void remove(PacedWrites connection, long bytes) {
    count(connection, -bytes);
    all.addAndGet(-bytes);
  }

  /** Stops tracking a connection without waiting bytes. */
  void ends(PacedWrites connection) {
    ofLoop.get().remove(connection);
  }

  void stalled() {
    Metrics.counter("opendamir.connections.stalled").increment();
  }

  private void count(PacedWrites connection, long bytes) {
    String caller = ofLoop.get().getOrDefault(connection, NOBODY);
    ofCaller.merge(caller, bytes, (before, more) -> before + more == 0 ? null : before + more);
  }

  /**
   * Closes the connection of the current event loop that has made no progress for the longest time.
   */
  private void makeRoom() {
    PacedWrites longest = null;
    for (PacedWrites connection : ofLoop.get().keySet()) {
      if (longest == null || connection.lastProgress() - longest.lastProgress() < 0) {
        longest = connection;
      }
    }
    if (longest != null) {
      stalled();
      longest.disconnect();
    }
  }
}
