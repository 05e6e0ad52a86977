package fr.opendamir.api.http;

import io.micrometer.core.instrument.Metrics;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop, least recently served first. When the limit is reached, the
 * first is closed for a new one, so that unused connections cannot keep other clients out. Confined
 * to its event loop, which handles an equal share of all connections.
 */
final class LoopConnections {
  private static final FastThreadLocal<LoopConnections> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected LoopConnections initialValue() {
          return new LoopConnections(OPEN);
        }
      };

  /** Open connections of all event loops. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final AtomicInteger open;

  /** Connections between requests, or before the first byte of one. */
  private final Set<ConnectionDeadline> resting = new LinkedHashSet<>();

  /** Connections with a complete or partial request and no response bytes yet. */
  private final Set<ConnectionDeadline> asking = new LinkedHashSet<>();

  LoopConnections(AtomicInteger open) {
    this.open = open;
  }

  /** The connections of the current event loop. */
  static LoopConnections ofLoop() {
    return OF_LOOP.get();
  }

  /**
   * Adds a new connection.
   *
   * @param most maximum number of open connections; above it, another one is closed
   */
  void opened(ConnectionDeadline connection, int most) {
    if (open.incrementAndGet() > most) {
      displace();
    }
    resting.add(connection);
  }

  void asks(ConnectionDeadline connection) {
    if (resting.remove(connection)) {
      asking.add(connection);
    }
  }

  void served(ConnectionDeadline connection) {
    if (asking.remove(connection) || resting.remove(connection)) {
      resting.add(connection); // moves it to the end
    }
  }

  void closed(ConnectionDeadline connection) {
    // A connection closed to make room was already subtracted.
    if (resting.remove(connection) || asking.remove(connection)) {
      open.decrementAndGet();
    }
  }

  private void displace() {
    Iterator<ConnectionDeadline> first = (resting.isEmpty() ? asking : resting).iterator();
    if (first.hasNext()) {
      ConnectionDeadline displaced = first.next();
      first.remove();
      open.decrementAndGet();
      Metrics.counter("opendamir.connections.displaced").increment();
      displaced.close();
    }
  }
}
