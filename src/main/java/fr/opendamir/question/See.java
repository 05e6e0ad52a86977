package fr.opendamir.question;

import fr.opendamir.catalog.Level;

/** A list that a message refers to. REST and GraphQL each have their own address for it. */
public sealed interface See {
  /** The codes of a level. */
  record Codes(Level level) implements See {}

  /** The releases that are served. */
  record Releases() implements See {}
}
