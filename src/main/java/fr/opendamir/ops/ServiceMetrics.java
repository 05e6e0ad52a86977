package fr.opendamir.ops;

import fr.opendamir.answer.AnswerCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which build runs, how full its cache is, and how many connections it has. */
@ApplicationScoped
class ServiceMetrics {
  private final String version;

  ServiceMetrics(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  void register(
      @Observes StartupEvent event,
      MeterRegistry registry,
      AnswerCache cache,
      ConnectionUse connections) {
    var unused = cache.fill(); // makes it now, and not when somebody first looks
    Gauge.builder("opendamir.build.info", () -> 1)
        .description("1; its labels tell the build that runs")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    cache(
        registry,
        cache,
        "opendamir.cache.answers",
        "Answers that are kept",
        AnswerCache.Fill::answers);
    cache(registry, cache, "opendamir.cache.bytes", "What they take", AnswerCache.Fill::bytes);
    cache(
        registry,
        cache,
        "opendamir.cache.max.bytes",
        "What they may take",
        AnswerCache.Fill::maximumBytes);
    FunctionCounter.builder("opendamir.cache.evictions", cache, kept -> kept.fill().evictions())
        .description("Answers that left the cache for others")
        .register(registry);
    Gauge.builder("opendamir.connections.open", connections, ConnectionUse::clients)
        .description("Connections of clients to the public port")
        .register(registry);
    FunctionCounter.builder(
            "opendamir.connections.refused", connections, ConnectionUse::refusedClients)
        .description("Connections of clients that were closed at once, being too many")
        .register(registry);
    // Counted where nothing is injected; there from the start, so that their rates are known.
    registry.counter("opendamir.connections.displaced");
    registry.counter("opendamir.database.restarts");
    Gauge.builder("opendamir.pool.connections.in.use", connections, ConnectionUse::inUse)
        .description("Connections to the database that somebody uses, of all pools")
        .register(registry);
    Gauge.builder("opendamir.pool.connections.max", connections, ConnectionUse::most)
        .description("Connections to the database that there may be, of all pools")
        .register(registry);
    Gauge.builder("opendamir.pool.waiting", connections, ConnectionUse::waiting)
        .description("Statements that wait for a connection to the database")
        .register(registry);
  }

  /**
   * What shows the state of objects goes with them: the registry outlives an application that is
   * started anew in the same process, and would ask the old ones.
   */
  void remove(@Observes ShutdownEvent event, MeterRegistry registry) {
    List<Meter> ours =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith("opendamir."))
            .filter(meter -> meter instanceof Gauge || meter instanceof FunctionCounter)
            .toList();
    ours.forEach(registry::remove);
  }

  private static void cache(
      MeterRegistry registry,
      AnswerCache cache,
      String name,
      String description,
      ToDoubleFunction<AnswerCache.Fill> of) {
    Gauge.builder(name, cache, kept -> of.applyAsDouble(kept.fill()))
        .description(description)
        .register(registry);
  }
}
