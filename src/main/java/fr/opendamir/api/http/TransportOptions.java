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

/** What of the transport no setting of Quarkus tells. */
@ApplicationScoped
class TransportOptions implements VertxOptionsCustomizer, HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(TransportOptions.class);

  /** Statements of a question, one after the other: of its release, and of its figures. */
  private static final int STATEMENTS = 2;

  /**
   * Share of the server's own limit from which on connections that rest make room. Beyond that
   * limit newcomers are refused; between the two are those that are being closed, up to as many as
   * come at once.
   */
  private static final double SHARE = 0.8;

  /**
   * Event loops besides those that answer the public: the management port is served by one of them,
   * so that probes and metrics are answered however busy the others are. They are given out one
   * after the other; a few more than one, as timers and database pools take some at the start.
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

  /** Before any connection exists: Netty reads the property once. */
  @Override
  public void accept(VertxOptions options) {
    ConnectionDeadlines.configure(requestTimeout, mostConnections, unread);
    System.setProperty(
        ConnectionDeadlines.SYSTEM_PROPERTY, ConnectionDeadlines.SYSTEM_PROPERTY_VALUE);
    options.setEventLoopPoolSize(options.getEventLoopPoolSize() + SPARE_LOOPS);
  }

  /**
   * HTTP/2 is for TLS only. A proxy that passes {@code Upgrade: h2c} on would else be a tunnel past
   * its own rules.
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
