package fr.opendamir.access;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Makes of the configuration what limits callers; what is wrong in it stops the start. */
@ApplicationScoped
class AccessBeans {
  /** Connections to figures, by default. */
  private static final int MOST_CONNECTIONS = 16;

  /** How often requests are looked at that may have waited too long, in ms. */
  private static final long EXPIRY_INTERVAL = 250;

  @Produces
  @Singleton
  Plans plans(AccessConfig config) {
    return Plans.of(config.plans());
  }

  @Produces
  @Singleton
  Callers callers(AccessConfig config, Plans plans) {
    return Callers.of(config, plans);
  }

  @Produces
  @Singleton
  Allowances allowances(AccessConfig config, Vertx vertx) {
    int remembered = config.rememberedCallers();
    require(remembered > 0, "remembered-callers must be 1 or more");
    LocalAllowances local = new LocalAllowances(remembered, System::nanoTime);
    Optional<String> url = config.redis().url();
    if (url.isEmpty()) {
      return local;
    }
    require(
        url.get().startsWith("redis://") || url.get().startsWith("rediss://"),
        "redis.url must start with redis:// or rediss://");
    require(config.addressSalt().isPresent(), "redis.url needs address-salt, the same everywhere");
    return new RedisAllowances(
        new SharedWindows(
            vertx,
            url.get(),
            positive(config.redis().timeout(), "redis.timeout"),
            positive(config.redis().retry(), "redis.retry")),
        local,
        remembered,
        System::nanoTime);
  }

  @Produces
  @Singleton
  WrongKeys wrongKeys(AccessConfig config) {
    try {
      return new WrongKeys(
          new Quota(config.wrongKeys().quota(), config.wrongKeys().window()),
          config.rememberedCallers(),
          System::nanoTime);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("opendamir.access.wrong-keys: " + e.getMessage(), e);
    }
  }

  void close(@Disposes Allowances allowances) {
    if (allowances instanceof RedisAllowances shared) {
      shared.close();
    }
  }

  @Produces
  @Singleton
  Admission admission(AccessConfig config, Vertx vertx) {
    AccessConfig.DatabaseConfig database = config.database();
    int concurrency = concurrency(config);
    require(database.queue() >= 0, "database.queue must be 0 or more");
    Admission admission =
        new Admission(
            concurrency,
            database.queue(),
            positive(database.longestWait(), "database.longest-wait"),
            System::nanoTime);
    vertx.setPeriodic(EXPIRY_INTERVAL, ignored -> admission.expire());
    return admission;
  }

  private static int concurrency(AccessConfig config) {
    int concurrency = config.database().concurrency().orElseGet(AccessBeans::usualConcurrency);
    require(concurrency > 1, "database.concurrency must be 2 or more: no caller has all places");
    return concurrency;
  }

  @Produces
  @Singleton
  StreamPlaces streamPlaces(AccessConfig config, Vertx vertx) {
    AccessConfig.StreamsConfig streams = config.streams();
    int half = Math.max(1, concurrency(config) / 2);
    int places = streams.places().orElse(half);
    require(places > 0, "streams.places must be 1 or more");
    require(places <= half, "streams.places must be at most half of database.concurrency");
    int ofCaller = streams.placesOfCaller().orElse(Math.max(1, Math.min(2, places / 2)));
    require(ofCaller > 0, "streams.places-of-caller must be 1 or more");
    StreamPlaces made =
        new StreamPlaces(
            places,
            ofCaller,
            positive(streams.longest(), "streams.longest"),
            positive(streams.guaranteed(), "streams.guaranteed"),
            positive(config.database().longestWait(), "database.longest-wait"),
            System::nanoTime);
    vertx.setPeriodic(EXPIRY_INTERVAL, ignored -> made.expire());
    return made;
  }

  private static int usualConcurrency() {
    return Math.min(MOST_CONNECTIONS, 2 * Runtime.getRuntime().availableProcessors());
  }

  void start(
      @Observes StartupEvent event,
      Plans plans,
      Callers callers,
      Allowances allowances,
      WrongKeys wrongKeys,
      Admission admission,
      StreamPlaces streams) {
    // Injecting them made and checked them.
  }

  private static Duration positive(Duration duration, String setting) {
    require(duration.toMillis() > 0, setting + " must be 1ms or more");
    return duration;
  }

  private static void require(boolean isRight, String message) {
    if (!isRight) {
      throw new IllegalArgumentException("opendamir.access." + message);
    }
  }
}
