package fr.opendamir.api.discovery;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What the service says about its operator. Prefix {@code opendamir.discovery}. */
@ConfigMapping(prefix = "opendamir.discovery")
interface DiscoveryConfig {
  Security security();

  /** The members of {@code /.well-known/security.txt} (RFC 9116), which has both or is absent. */
  interface Security {
    /** Where to report vulnerabilities, best first: {@code mailto:}, {@code tel:} or https. */
    Optional<List<URI>> contact();

    /** When the contacts must have been confirmed again; RFC 9116 advises less than a year. */
    Optional<OffsetDateTime> expires();
  }
}
