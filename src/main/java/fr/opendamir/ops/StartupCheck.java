package fr.opendamir.ops;

import fr.opendamir.query.ReleaseCatalog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Started is a process that has read its configuration and its vocabulary, has (or has reached) its
 * database, and has had a first look at the releases, whether there are any or not. Once started,
 * it stays so.
 */
@Startup
@ApplicationScoped
class StartupCheck implements HealthCheck {
  private final ReleaseCatalog releases;
  private volatile boolean isStarted;
  private volatile double seconds = Double.NaN;

  StartupCheck(ReleaseCatalog releases) {
    this.releases = releases;
  }

  void register(@Observes StartupEvent event, MeterRegistry registry) {
    seconds =
        (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime())
            / 1_000.0;
    Gauge.builder("opendamir.startup.seconds", () -> seconds)
        .description("From the start of the process until it listened; with its first import")
        .register(registry);
  }

  @Override
  public HealthCheckResponse call() {
    isStarted = isStarted || releases.rememberedIds().isPresent();
    return HealthCheckResponse.named("first-look-at-releases").status(isStarted).build();
  }
}
