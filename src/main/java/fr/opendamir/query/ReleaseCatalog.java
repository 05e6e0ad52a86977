package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: the releases that are served. */
public interface ReleaseCatalog {
  /** The releases that are currently served. */
  Uni<ServedReleases> served();

  /** The newest release; empty if nothing has been published. */
  default Uni<Optional<Release>> latest() {
    return served().map(ServedReleases::newest);
  }

  /** The release with the given id, if it is served. */
  Uni<Optional<Release>> find(String id);

  /** All served releases, newest first. */
  Uni<List<Release>> list();

  /** The newest release, or the release with the given id, if it is in memory. Never waits. */
  Optional<Release> remembered(Optional<String> id);

  /** The served releases; empty if the list or the newest release is not in memory. Never waits. */
  Optional<ServedReleases> rememberedServed();

  /**
   * The ids of the served releases, newest first; empty if the list has not been loaded yet. Never
   * waits.
   */
  Optional<List<String>> rememberedIds();

  /** Reloads the list of served releases. Called when the list may have changed. */
  Uni<Void> refresh();

  /** The served releases that cannot be read, with the reason, for the operator. Never waits. */
  default Map<String, String> unreadable() {
    return Map.of();
  }
}
