package fr.opendamir.ops;

import fr.opendamir.access.Allowances;
import fr.opendamir.access.Degradation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells operators that allowances are not shared at the moment. The service is ready nonetheless:
 * taking it away from its readers would do more harm.
 */
@Readiness
@ApplicationScoped
class LimitsCheck implements HealthCheck {
  private final Allowances allowances;

  LimitsCheck(Allowances allowances) {
    this.allowances = allowances;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("limits").up();
    Optional<Degradation> degradation = allowances.degradation();
    response.withData("degraded", degradation.isPresent());
    degradation.ifPresent(
        known ->
            response
                .withData("reason", known.reason())
                .withData("since", known.since().toString()));
    return response.build();
  }
}
