package fr.opendamir.ops;

import fr.opendamir.query.ReleaseCatalog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whether all that is published can be served. */
@ApplicationScoped
class ReleaseMetrics {
  void register(@Observes StartupEvent event, MeterRegistry registry, ReleaseCatalog releases) {
    Gauge.builder(
            "opendamir.releases.unreadable",
            releases,
            catalog -> catalog.unreadable().isEmpty() ? 0 : 1)
        .description("1 while rows of the control tables make no sense and are left out")
        .register(registry);
  }
}
