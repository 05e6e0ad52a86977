package fr.opendamir.api.http;

import fr.opendamir.query.QueryConfig;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Transport options that Quarkus settings do not expose. */
@ApplicationScoped
class TransportOptions implements VertxOptionsCustomizer, HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(TransportOptions.class);

  /** Statements that a question runs in sequence: one for its release, one for its figures. */
  private static final int STATEMENTS = 2;

  /**
   * Share of the server's connection limit above which idle connections are closed for new ones.
   * The server rejects new connections above the full limit; the margin holds connections that are
   * being closed, up to as many as arrive at once.
   */
  private static final double SHARE = 0.8;

  /**
   * Event loops in addition to those for public requests. One of them serves the management port,
   * so that probes and metrics are answered however busy the others are. Loops are assigned in
   * turn; more than one are added because timers and database pools take some at start-up.
   */
  private static final int SPARE_LOOPS = 8;

  private final Duration requestTimeout;
  private final int mostConnections;
  private final Duration slowestAnswer;
  private final UnreadBytes unread;

  TransportOptions(
      HttpConfig http,
      UnreadBytes unread,
      QueryConfig query,
      @ConfigProperty(name = "quarkus.http.limits.max-connections") int limit) {
    this.mostConnections = (int) (SHARE * limit);
    this.unread = unread;
    this.requestTimeout = http.requestTimeout();
    this.slowestAnswer = Duration.ofSeconds((long) STATEMENTS * query.statementTimeoutSeconds());
  }

  /** Sets the property before any connection exists, because Netty reads it once. */
  @Override
  public void accept(VertxOptions options) {
    ConnectionDeadlines.configure(requestTimeout, mostConnections, unread);
    System.setProperty(
        ConnectionDeadlines.SYSTEM_PROPERTY, ConnectionDeadlines.SYSTEM_PROPERTY_VALUE);
    options.setEventLoopPoolSize(options.getEventLoopPoolSize() + SPARE_LOOPS);
  }

  /**
   * Restricts HTTP/2 to TLS. Otherwise a proxy that forwards {@code Upgrade: h2c} would open a
   * tunnel that bypasses the proxy's own rules.
   */
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
    if (requestTimeout.compareTo(slowestAnswer) < 0) {
      LOG.warnf(
          "opendamir.http.request-timeout (%s) ends connections before the slowest answers are"
              + " there (%s)",
          requestTimeout, slowestAnswer);
    }
  }
}
