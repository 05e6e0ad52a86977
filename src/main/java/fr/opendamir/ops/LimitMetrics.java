package fr.opendamir.ops;

import fr.opendamir.access.Admission;
import fr.opendamir.access.Allowances;
import fr.opendamir.access.StreamPlaces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How full the line before the database is, and whether allowances are shared as they should. */
@ApplicationScoped
class LimitMetrics {
  void register(
      @Observes StartupEvent event,
      MeterRegistry registry,
      Admission admission,
      StreamPlaces streams,
      Allowances allowances) {
    Gauge.builder("opendamir.database.questions.in.work", admission, Admission::inWork)
        .description("Questions that are at the database")
        .register(registry);
    Gauge.builder("opendamir.database.questions.waiting", admission, Admission::waiting)
        .description("Questions that wait for the database")
        .register(registry);
    Gauge.builder("opendamir.streams", streams, StreamPlaces::taken)
        .description("Answers that are sent while they are read")
        .register(registry);
    Gauge.builder("opendamir.limits.degraded", allowances, LimitMetrics::degraded)
        .description("1 while allowances that should be shared are granted by each process")
        .register(registry);
  }

  private static double degraded(Allowances allowances) {
    return allowances.degradation().isPresent() ? 1 : 0;
  }
}
