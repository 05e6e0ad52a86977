package fr.opendamir.ops;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.quarkus.vertx.http.runtime.ExtendedQuarkusVertxHttpMetrics;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts connections: of clients, and to the database, in use or waited for. The Vert.x metrics of
 * the library would count them too, at a cost for every request; this counts only the pools of the
 * database client.
 */
@ApplicationScoped
class ConnectionUse implements VertxOptionsCustomizer {
  private static final String DATABASE_CLIENT = "sql";

  private final Clients clients = new Clients();
  private final LongAdder inUse = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder most = new LongAdder();

  /** Deprecated, but its replacement is internal to Quarkus, which builds Vert.x. */
  @Override
  @SuppressWarnings("deprecation")
  public void accept(VertxOptions options) {
    options.setMetricsOptions(
        new MetricsOptions().setEnabled(true).setFactory(ignored -> new Pools()));
  }

  /** Connections of clients to the public port. */
  int clients() {
    return clients.open.get();
  }

  long refusedClients() {
    return clients.refused.sum();
  }

  long inUse() {
    return inUse.sum();
  }

  long waiting() {
    return waiting.sum();
  }

  long most() {
    return most.sum();
  }

  /** The server counts by itself, because its connections are limited. */
  private static final class Clients implements ExtendedQuarkusVertxHttpMetrics.ConnectionTracker {
    private final LongAdder refused = new LongAdder();
    private volatile AtomicInteger open = new AtomicInteger();

    @Override
    public void initialize(int most, AtomicInteger counted) {
      open = counted;
    }

    @Override
    public void onConnectionRejected() {
      refused.increment();
    }
  }

  /** Counts pools of the database client; everything else that Vert.x could count is left out. */
  private final class Pools implements VertxMetrics, ExtendedQuarkusVertxHttpMetrics {
    @Override
    public ConnectionTracker getHttpConnectionTracker() {
      return clients;
    }

    @Override
    public PoolMetrics<?> createPoolMetrics(String type, String name, int size) {
      if (!type.equals(DATABASE_CLIENT)) {
        return null;
      }
      most.add(size);
      return new Counted(size);
    }
  }

  /** One pool. */
  private final class Counted implements PoolMetrics<Object> {
    private final int size;

    Counted(int size) {
      this.size = size;
    }

    @Override
    public Object submitted() {
      waiting.increment();
      return this;
    }

    @Override
    public Object begin(Object submitted) {
      waiting.decrement();
      inUse.increment();
      return this;
    }

    @Override
    public void rejected(Object submitted) {
      waiting.decrement();
    }

    @Override
    public void end(Object begun, boolean succeeded) {
      inUse.decrement();
    }

    @Override
    public void close() {
      most.add(-size);
    }
  }
}
