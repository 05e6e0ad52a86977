package fr.opendamir.ops;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseMonth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is served: imports run in processes of their own, so that what came of them is read off the
 * releases. Where nothing is published, gauges of the newest release are {@code NaN}.
 */
@ApplicationScoped
class ReleaseMetrics {
  private final MeterRegistry registry;
  private final ReleaseCatalog releases;

  ReleaseMetrics(MeterRegistry registry, ReleaseCatalog releases) {
    this.registry = registry;
    this.releases = releases;
  }

  void register(@Observes StartupEvent event) {
    Gauge.builder(
            "opendamir.releases.served",
            releases,
            known -> known.rememberedIds().map(List::size).orElse(0))
        .description("Releases that can be asked for")
        .register(registry);
    Gauge.builder(
            "opendamir.releases.unreadable",
            releases,
            known -> known.unreadable().isEmpty() ? 0 : 1)
        .description("1 while rows of the control tables make no sense and are left out")
        .register(registry);
    newest(
        "opendamir.release.published.timestamp.seconds",
        "When the newest release was published",
        release -> release.publishedAt().toEpochMilli() / 1_000.0);
    newest(
        "opendamir.release.newest.month.timestamp.seconds",
        "When the newest month of the newest release began",
        ReleaseMetrics::newestMonth);
    newest(
        "opendamir.release.months",
        "Months of the newest release",
        release -> release.months().size());
    newest(
        "opendamir.release.lines",
        "Lines of the files that the newest release was made of",
        release -> sum(release, ReleaseMonth::lines));
    newest(
        "opendamir.release.blocks",
        "Blocks of the newest release",
        release -> sum(release, ReleaseMonth::blocks));
    newest(
        "opendamir.release.synthetic",
        "1 where the figures of the newest release are made up",
        release -> release.isSynthetic() ? 1 : 0);
  }

  private void newest(String name, String description, ToDoubleFunction<Release> of) {
    Gauge.builder(
            name,
            releases,
            known -> known.remembered(Optional.empty()).map(of::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .register(registry);
  }

  private static double newestMonth(Release release) {
    return release.months().stream()
        .map(month -> month.month().atDay(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond())
        .mapToDouble(Long::doubleValue)
        .max()
        .orElse(Double.NaN);
  }

  private static double sum(Release release, ToDoubleFunction<ReleaseMonth> of) {
    return release.months().stream().mapToDouble(of).sum();
  }
}
