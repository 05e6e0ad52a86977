package fr.opendamir.ingest.source;

/** How the bytes of a file are packed. */
public enum Packing {
  GZIP,
  /** An archive with one entry. */
  ZIP
}
