package fr.opendamir.api.http;

import io.micrometer.core.instrument.Metrics;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop, those first that were served the longest ago. Where all places
 * are taken, the first makes room for a new one: who holds connections without using them keeps
 * nobody out. Used by its event loop alone, which has an equal share of all connections.
 */
final class LoopConnections {
  private static final FastThreadLocal<LoopConnections> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected LoopConnections initialValue() {
          return new LoopConnections(OPEN);
        }
      };

  /** Of all event loops together. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final AtomicInteger open;

  /** Between requests, or before the first byte of one. */
  private final Set<ConnectionDeadline> resting = new LinkedHashSet<>();

  /** With a request that nothing was answered to yet, be it complete or not. */
  private final Set<ConnectionDeadline> asking = new LinkedHashSet<>();

  LoopConnections(AtomicInteger open) {
    this.open = open;
  }

  /** Those of the event loop that asks. */
  static LoopConnections ofLoop() {
    return OF_LOOP.get();
  }

  /**
   * A connection is there.
   *
   * @param most that there may be; beyond, another one is closed
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
      resting.add(connection); // at the end
    }
  }

  void closed(ConnectionDeadline connection) {
    // One that made room is counted no more.
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
