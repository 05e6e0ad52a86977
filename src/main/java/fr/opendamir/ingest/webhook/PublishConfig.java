package fr.opendamir.ingest.webhook;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who is told of published releases. Prefix {@code opendamir.publish}. */
@ConfigMapping(prefix = "opendamir.publish")
public interface PublishConfig {
  /** Addresses that get a POST when a release is published. */
  Optional<List<String>> webhooks();

  /** The secret that signs them: {@code whsec_} and 24 to 64 bytes in Base64. */
  Optional<String> webhookSecret();
}
