package fr.opendamir.ops;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java vocabulary available for injection. */
@ApplicationScoped
class Vocabulary {
  @Produces
  @Singleton
  Catalog catalog() {
    return Catalog.load();
  }

  @Produces
  @Singleton
  DisclosurePolicy policy() {
    return DisclosureConfig.policy();
  }
}
