package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: the releases that are served no more. */
public interface WithdrawnReleases {
  /** Number of releases that are listed, at most. */
  int MOST = 50;

  /**
   * The last {@value #MOST} withdrawn releases, the last one first. They are in memory unless the
   * served releases have changed. While the database is away, the list is the one before.
   *
   * @param served ids of the served releases
   */
  Uni<List<WithdrawnRelease>> list(List<String> served);
}
