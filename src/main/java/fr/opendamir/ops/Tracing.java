package fr.opendamir.ops;

import fr.opendamir.api.http.RequestObserver;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends traces where the configuration says so, and does nothing where it does not. */
@ApplicationScoped
class Tracing {
  private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
  private static final long STOP_LIMIT_SECONDS = 5;

  private SdkTracerProvider provider;

  @Produces
  @Singleton
  RequestObserver traces(
      TracingConfig config,
      @ConfigProperty(name = "quarkus.application.name") String name,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    if (config.endpoint().isEmpty()) {
      return new Nobody();
    }
    if (config.keptShare() < 0 || config.keptShare() > 1) {
      throw new IllegalArgumentException("opendamir.tracing.kept-share must be from 0 to 1");
    }
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.builder()
                    .put("service.name", name)
                    .put("service.version", version)
                    .build())
            // Which requests are traced is decided here: callers' wishes are not followed.
            .setSampler(Sampler.alwaysOn())
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(config.endpoint().get()).build())
                    .setScheduleDelay(BETWEEN_BATCHES)
                    .build())
            .build();
    return new RequestTraces(provider.get("fr.opendamir"), config.keptShare());
  }

  void stop(@Observes ShutdownEvent event) {
    if (provider != null) {
      var unused = provider.shutdown().join(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Hears nothing. */
  private static final class Nobody implements RequestObserver {
    @Override
    public boolean isListening() {
      return false;
    }

    @Override
    public void over(Finished request) {
      // Not reported.
    }
  }
}
