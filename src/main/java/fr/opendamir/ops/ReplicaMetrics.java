package fr.opendamir.ops;

import fr.opendamir.store.ReleaseWatch;
import fr.opendamir.store.ReplicaWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whether figures are read where they should be, and whether the newest ones have come there. */
@ApplicationScoped
class ReplicaMetrics {
  void register(
      @Observes StartupEvent event,
      MeterRegistry registry,
      ReplicaWatch replica,
      ReleaseWatch releases) {
    Gauge.builder("opendamir.replica.away", replica, watch -> watch.isAway() ? 1 : 0)
        .description("1 while figures should be read at a replica that does not answer")
        .register(registry);
    Gauge.builder("opendamir.release.awaited", releases, ReplicaMetrics::awaited)
        .description("1 while a release is published that the replica has no figures of yet")
        .register(registry);
  }

  private static double awaited(ReleaseWatch releases) {
    return releases.awaited().isPresent() ? 1 : 0;
  }
}
