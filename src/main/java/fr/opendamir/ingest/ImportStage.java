package fr.opendamir.ingest;

/** The stages of one file, in order. */
public enum ImportStage {
  CHECKSUM,
  READ,
  ARCHIVE,
  PROTECT,
  EXPORT,
  ROLLUP,
  LOAD,
  VERIFY
}
