package fr.opendamir.ingest.fetch;

import java.util.OptionalLong;

/** Receives the progress of downloads. */
public interface FetchProgress {
  /** Bytes of a file that have arrived, those of earlier attempts included. */
  void received(String name, long bytes, OptionalLong total);

  /** The file has arrived and is read once to see whether it is whole. */
  void checking(String name, double share);

  /** What one month came to. */
  void done(FetchedFile file);

  /** Something that went otherwise than usual, such as a cut connection. */
  void message(String text);
}
