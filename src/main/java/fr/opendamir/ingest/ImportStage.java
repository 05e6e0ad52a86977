package fr.opendamir.ingest;

/** The stages of one month, in order. */
public enum ImportStage {
  CHECKSUM,
  READ,
  READ_AGAIN,
  PROTECT,
  EXPORT,
  ROLLUP,
  LOAD,
  VERIFY,
  ARCHIVE
}
