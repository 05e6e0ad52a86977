package fr.opendamir.api.discovery;

import fr.opendamir.api.http.PublicAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The text of {@code /.well-known/security.txt}.
 *
 * @param contacts where to report vulnerabilities, best first; empty if the operator gave none
 * @param expires absent if the operator gave none
 * @param canonical the address of the text, if the service knows it
 */
record SecurityText(
    List<URI> contacts, Optional<OffsetDateTime> expires, Optional<String> canonical) {
  private static final Set<String> SCHEMES = Set.of("https", "mailto", "tel");

  /**
   * Reads the settings.
   *
   * @throws IllegalStateException if one is given without the other, or a contact is not usable
   */
  static SecurityText of(DiscoveryConfig.Security config, PublicAddress address) {
    List<URI> contacts = config.contact().orElse(List.of());
    if (contacts.isEmpty() != config.expires().isEmpty()) {
      throw new IllegalStateException(
          "security.txt needs both opendamir.discovery.security.contact, such as"
              + " mailto:securite@example.org, and opendamir.discovery.security.expires, such as"
              + " 2027-06-30T00:00:00Z");
    }
    for (URI contact : contacts) {
      if (contact.getScheme() == null || !SCHEMES.contains(contact.getScheme())) {
        throw new IllegalStateException(
            "opendamir.discovery.security.contact has « %s »; a contact begins with https:, mailto:"
                    .formatted(contact)
                + " or tel:, such as mailto:securite@example.org");
      }
    }
    return new SecurityText(
        contacts, config.expires(), address.base().map(base -> base + "/.well-known/security.txt"));
  }

  /** Whether there is a text that has not expired. */
  boolean isValidAt(Instant now) {
    return expires.filter(end -> end.toInstant().isAfter(now)).isPresent();
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    contacts.forEach(contact -> text.append("Contact: ").append(contact).append('\n'));
    expires.ifPresent(end -> text.append("Expires: ").append(end.toInstant()).append('\n'));
    text.append("Preferred-Languages: fr, en\n");
    canonical.ifPresent(url -> text.append("Canonical: ").append(url).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
