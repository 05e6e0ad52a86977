package fr.opendamir.api.pages;

import fr.opendamir.api.http.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The address of the service in examples: the public one if it is configured, otherwise that of a
 * service that was just started. What a client sends as {@code Host} is never written into a page.
 */
@ApplicationScoped
class PublicOrigin {
  private final PublicAddress address;

  PublicOrigin(PublicAddress address) {
    this.address = address;
  }

  /** The address as HTML, without a slash at its end. */
  String text() {
    return PageTemplate.escaped(address.base().orElse("http://localhost:8080"));
  }
}
