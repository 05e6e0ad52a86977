package fr.opendamir.ops;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.store.ReleaseWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: a process is ready once it knows a published release. It need not reach the database:
 * while that is away, cached answers are served, and taking all replicas out of service would help
 * no client.
 */
@Readiness
@ApplicationScoped
class ReleaseCheck implements HealthCheck {
  private final ReleaseCatalog releases;
  private final ReleaseWatch watch;

  ReleaseCheck(ReleaseCatalog releases, ReleaseWatch watch) {
    this.releases = releases;
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<Release> newest = releases.remembered(Optional.empty());
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("release").status(newest.isPresent());
    newest.ifPresentOrElse(
        release ->
            response.withData("id", release.id()).withData("months", release.months().size()),
        () -> response.withData("reason", whyNone(releases.rememberedIds(), watch.awaited())));
    return response.build();
  }

  private static String whyNone(Optional<List<String>> ids, Optional<String> awaited) {
    if (awaited.isPresent()) {
      return "the segments of release " + awaited.get() + " are being fetched";
    }
    if (ids.isEmpty()) {
      return "the database has not told yet which releases there are";
    }
    return ids.get().isEmpty()
        ? "nothing is published; import a monthly file"
        : "the newest release has not been read yet";
  }
}
