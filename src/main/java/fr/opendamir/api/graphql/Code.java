package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Level;

/** A code of a level. */
record Code(Level level, String code) {}
