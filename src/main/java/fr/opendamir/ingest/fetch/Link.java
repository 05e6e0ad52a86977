package fr.opendamir.ingest.fetch;

import java.net.URI;
import java.util.Optional;

/** Where a file can be had. */
interface Link {
  /** The address to begin with. */
  URI address();

  /** Another address after one that has expired; empty if there is no way to get one. */
  Optional<URI> renewed();
}
