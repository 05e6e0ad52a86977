package fr.opendamir.cli;

import fr.opendamir.columns.SegmentsConfig;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DisclosureConfig;
import fr.opendamir.ops.PolicyCheck;
import fr.opendamir.query.QueryConfig;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.store.PublishedState;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;

/**
 * Starts the HTTP service; on an empty database, fills it with the demonstration set first. The
 * server is put together while the database starts, but listens after it.
 */
@Command(
    name = "serve",
    description = "Start the HTTP service (default command).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /** Beside what answers in flight get: to close pools and listeners. */
  private static final Duration STOP_MARGIN = Duration.ofSeconds(15);

  /** If the operator sets one of these, the demonstration set of the build may not apply. */
  private static final List<String> SETTINGS_OF_IMPORTS =
      List.of("opendamir.import.", "opendamir.disclosure.");

  /** Prefix {@code opendamir.demo}. */
  @ConfigMapping(prefix = "opendamir.demo")
  interface DemoConfig {
    /** Whether an empty database is filled with three synthetic months. */
    @WithDefault("true")
    boolean enabled();
  }

  /** How long Quarkus takes to stop. Prefix {@code quarkus.shutdown}. */
  @ConfigMapping(prefix = "quarkus.shutdown")
  interface StopConfig {
    /** After the delay: how long answers in flight are waited for. */
    Optional<String> timeout();

    /** How long everything is still served, while the service says that it is not ready. */
    Optional<String> delay();

    default Duration limit() {
      return duration(timeout()).plus(duration(delay()));
    }

    private static Duration duration(Optional<String> text) {
      return text.map(DurationConverter::parseDuration).orElse(Duration.ZERO);
    }
  }

  @Override
  public Integer call() {
    // Read once, as the server is loaded: addresses that are not well formed are for AddressFilter.
    System.setProperty("vertx.disableURIValidation", "true");
    ServerClasses classes = ServerClasses.begin();
    ServingDatabase database = ServingDatabase.prepare();
    CountDownLatch stopped = new CountDownLatch(1);
    Duration stopLimit = CommandConfig.read(StopConfig.class).limit().plus(STOP_MARGIN);
    // The server must outlive the answers in flight, whatever order the JVM runs its hooks in.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  await(stopped, stopLimit);
                  database.close();
                },
                "database-stop"));
    try {
      configure(database);
      return serve(classes, DatabaseGate.close(() -> start(database)));
    } finally {
      stopped.countDown();
    }
  }

  /** Serves until the process is told to stop; returns once no thread uses the database. */
  private static int serve(ServerClasses classes, DatabaseGate gate) {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    AtomicInteger exitCode = new AtomicInteger();
    try {
      require(classes);
      Quarkus.run(
          null,
          (code, failure) -> {
            exitCode.set(code);
            failed.set(failure);
          });
      if (failed.get() != null) {
        gate.await(); // its own reason, if it is the database
        throw cannotStart(failed.get());
      }
      return exitCode.get();
    } finally {
      gate.awaitEnd();
    }
  }

  /** Everything that must be so before the service answers anything. */
  private static void start(ServingDatabase database) {
    boolean wantsDemo = CommandConfig.read(DemoConfig.class).enabled();
    if (wantsDemo && SETTINGS_OF_IMPORTS.stream().noneMatch(CommandConfig::isAnySet)) {
      DemoImport.prepared().ifPresent(database::takeIfEmpty);
    }
    database.start();
    DatabaseSettings published = database.settings().as(DatabaseRole.CONTROL);
    if (wantsDemo && PublishedState.isEmpty(published)) {
      importDemo(published);
    }
    PolicyCheck.require(published, DisclosureConfig.policy());
    database.keepRunning();
  }

  private static void require(ServerClasses classes) {
    try {
      classes.await();
    } catch (CompletionException e) {
      throw cannotStart(e);
    }
  }

  private static IllegalStateException cannotStart(Throwable failure) {
    return new IllegalStateException("the service cannot start: " + rootMessage(failure));
  }

  /** What one that a killed service left at work has published will do. */
  private static void importDemo(DatabaseSettings settings) {
    try {
      new DemoImport().run();
    } catch (IllegalStateException e) {
      if (PublishedState.isEmpty(settings)) {
        throw e;
      }
    }
  }

  /** The service connects as the serving roles, never as the owner. */
  private static void configure(ServingDatabase database) {
    DatabaseSettings settings = database.settings();
    datasource("quarkus.datasource", settings, DatabaseRole.CONTROL);
    datasource("quarkus.datasource.figures", settings, DatabaseRole.READER);
    datasource("quarkus.datasource.access", settings, DatabaseRole.ACCESS);
    if (CommandConfig.read(SegmentsConfig.class).folder().isEmpty()) {
      System.setProperty("opendamir.segments.folder", database.segmentsFolder().toString());
    }
  }

  private static void datasource(String prefix, DatabaseSettings settings, DatabaseRole role) {
    System.setProperty(prefix + ".reactive.url", settings.reactiveUrl());
    long timeout =
        TimeUnit.SECONDS.toMillis(CommandConfig.read(QueryConfig.class).statementTimeoutSeconds());
    System.setProperty(
        prefix + ".reactive.additional-properties.statement_timeout", String.valueOf(timeout));
    System.setProperty(prefix + ".username", role.roleName());
    System.setProperty(prefix + ".password", settings.rolePassword(role));
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static void await(CountDownLatch stopped, Duration limit) {
    try {
      var unused = stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
