package fr.opendamir.ops;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.reference.Population;
import fr.opendamir.reference.ReferenceTables;
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
  ReferenceTables references() {
    return ReferenceTables.load();
  }

  @Produces
  @Singleton
  Population population(ReferenceTables references) {
    return Population.of(references);
  }

  @Produces
  @Singleton
  DisclosurePolicy policy() {
    return DisclosureConfig.policy();
  }
}
