package fr.opendamir.ops;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.answer.AnswerCache;
import fr.opendamir.columns.ColumnFigures;
import fr.opendamir.columns.SegmentStore;
import fr.opendamir.store.ReleaseWatch;
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

/** The state of the service: its build, cache, connections, queue, limits, columns and segments. */
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
    var unused = cache.fill(); // creates it now, and not at the first scrape
    Gauge.builder("opendamir.build.info", () -> 1)
        .description("1; its labels tell the build that runs")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
    gauge(
        registry,
        "opendamir.cache.answers",
        cache,
        kept -> kept.fill().answers(),
        "Answers that are kept");
    gauge(registry, "opendamir.cache.bytes", cache, kept -> kept.fill().bytes(), "What they take");
    gauge(
        registry,
        "opendamir.cache.max.bytes",
        cache,
        kept -> kept.fill().maximumBytes(),
        "What they may take");
    FunctionCounter.builder("opendamir.cache.evictions", cache, kept -> kept.fill().evictions())
        .description("Answers that left the cache for others")
        .register(registry);
    gauge(
        registry,
        "opendamir.connections.open",
        connections,
        ConnectionUse::clients,
        "Connections of clients to the public port");
    FunctionCounter.builder(
            "opendamir.connections.refused", connections, ConnectionUse::refusedClients)
        .description("Connections of clients that were closed at once, being too many")
        .register(registry);
    // Counted where nothing is injected; registered from the start, so that their rates are known.
    registry.counter("opendamir.connections.displaced");
    registry.counter("opendamir.database.restarts");
    gauge(
        registry,
        "opendamir.pool.connections.in.use",
        connections,
        ConnectionUse::inUse,
        "Connections to the database that somebody uses, of all pools");
    gauge(
        registry,
        "opendamir.pool.connections.max",
        connections,
        ConnectionUse::most,
        "Connections to the database that there may be, of all pools");
    gauge(
        registry,
        "opendamir.pool.waiting",
        connections,
        ConnectionUse::waiting,
        "Statements that wait for a connection to the database");
  }

  void registerLimits(
      @Observes StartupEvent event,
      MeterRegistry registry,
      Admission admission,
      StreamPlaces streams,
      Allowances allowances) {
    gauge(
        registry,
        "opendamir.database.questions.in.work",
        admission,
        Admission::inWork,
        "Questions that are at the database");
    gauge(
        registry,
        "opendamir.database.questions.waiting",
        admission,
        Admission::waiting,
        "Questions that wait for the database");
    gauge(
        registry,
        "opendamir.streams",
        streams,
        StreamPlaces::taken,
        "Answers that are sent while they are read");
    gauge(
        registry,
        "opendamir.limits.degraded",
        allowances,
        known -> known.degradation().isPresent() ? 1 : 0,
        "1 while allowances that should be shared are granted by each process");
  }

  void registerColumns(
      @Observes StartupEvent event,
      MeterRegistry registry,
      ColumnFigures columns,
      SegmentStore segments,
      ReleaseWatch releases) {
    gauge(
        registry,
        "opendamir.columns.ready",
        columns,
        engine -> engine.isReady() ? 1 : 0,
        "1 once the engine of columns has started; until then, only rollups are answered from");
    counter(registry, "opendamir.columns.scans", columns, ColumnFigures::scans, "Scans of columns");
    counter(
        registry,
        "opendamir.columns.scan.seconds",
        columns,
        ColumnFigures::scanSeconds,
        "Time that scans of columns took");
    counter(
        registry,
        "opendamir.columns.given.up",
        columns,
        ColumnFigures::givenUp,
        "Scans that took too much time, memory or disk, or met a damaged segment");
    gauge(
        registry,
        "opendamir.columns.spilled.bytes",
        columns,
        ColumnFigures::spilledBytes,
        "What scans have spilled to the disk and still need");
    gauge(
        registry,
        "opendamir.segments.held",
        segments,
        SegmentStore::segments,
        "Segments on the disk");
    gauge(registry, "opendamir.segments.bytes", segments, SegmentStore::bytes, "What they take");
    gauge(
        registry,
        "opendamir.segments.missing",
        segments,
        SegmentStore::missing,
        "Segments of published releases that are being fetched");
    gauge(
        registry,
        "opendamir.segments.unchecked",
        segments,
        SegmentStore::unchecked,
        "Segments in use since the start whose checksums have not been computed again yet");
    counter(
        registry,
        "opendamir.segments.fetched",
        segments,
        SegmentStore::fetches,
        "Fetched segments");
    counter(
        registry,
        "opendamir.segments.fetched.bytes",
        segments,
        SegmentStore::fetchedBytes,
        "Bytes of fetched segments");
    counter(
        registry,
        "opendamir.segments.fetch.seconds",
        segments,
        SegmentStore::fetchSeconds,
        "Time that fetching took");
    counter(
        registry,
        "opendamir.segments.failures",
        segments,
        SegmentStore::failures,
        "Segments that could not be fetched, or were found damaged");
    gauge(
        registry,
        "opendamir.release.awaited",
        releases,
        watch -> watch.awaited().isPresent() ? 1 : 0,
        "1 while a release is published whose segments have not all been fetched");
  }

  /**
   * Removes meters that read the state of beans: the registry outlives an application that is
   * restarted in the same process, and would read the old beans.
   */
  void remove(@Observes ShutdownEvent event, MeterRegistry registry) {
    List<Meter> ours =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith("opendamir."))
            .filter(meter -> meter instanceof Gauge || meter instanceof FunctionCounter)
            .toList();
    ours.forEach(registry::remove);
  }

  private static <T> void counter(
      MeterRegistry registry, String name, T of, ToDoubleFunction<T> count, String description) {
    FunctionCounter.builder(name, of, count).description(description).register(registry);
  }

  private static <T> void gauge(
      MeterRegistry registry, String name, T of, ToDoubleFunction<T> value, String description) {
    Gauge.builder(name, of, value).description(description).register(registry);
  }
}
