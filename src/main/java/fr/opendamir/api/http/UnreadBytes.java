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
 * Bytes of answers that wait for clients to read them: of each caller, and in all. A caller with
 * too many gets no more answers until it reads; where there are too many in all, the connection
 * that has read nothing for the longest time makes room.
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

  /** The connections of each event loop that something waits on, and whose it is. */
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
   * No bytes yet.
   *
   * @param most bytes in all
   * @param mostOfCaller bytes of one caller
   * @param stall after which a connection that reads nothing is closed
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

  /** Notes whose answers a connection carries from now on. */
  static void attribute(HttpConnection connection, String caller) {
    if (connection instanceof ConnectionBase known) {
      known.channel().attr(CALLER).set(caller);
    }
  }

  /** Whether a caller has as many as it may have. */
  boolean isFull(String caller) {
    return ofCaller.getOrDefault(caller, 0L) >= mostOfCaller;
  }

  /** Bytes of all callers. */
  long all() {
    return all.get();
  }

  /** Connections of this event loop that something waits on. */
  int connections() {
    return ofLoop.get().size();
  }

  long stallNanos() {
    return stallNanos;
  }

  /** Something begins to wait on a connection; called by its event loop, as all that follow. */
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

  /** Nothing waits there any more. */
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

  /** Each event loop makes room among its own connections. */
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
