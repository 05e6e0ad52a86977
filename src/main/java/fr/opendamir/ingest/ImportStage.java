package fr.opendamir.ingest;

/** The stages of one file, in order. */
public enum ImportStage {
  CHECKSUM,
  READ,
  PROTECT,
  EXPORT,
  LOAD,
  VERIFY
}
