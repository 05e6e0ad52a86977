package fr.opendamir.query;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: the releases that are served. */
public interface ReleaseCatalog {
  /** Those that are served now. */
  Uni<ServedReleases> served();

  /** The newest one; empty when nothing has been published. */
  default Uni<Optional<Release>> latest() {
    return served().map(ServedReleases::newest);
  }

  /** The one of that id, if it is served. */
  Uni<Optional<Release>> find(String id);

  /** All that are served, newest first. */
  Uni<List<Release>> list();

  /**
   * The newest release, or the one of that id, as far as it is known without asking the database.
   * Never waits.
   */
  Optional<Release> remembered(Optional<String> id);

  /**
   * Those that are served, as far as it is known without asking the database; absent where they or
   * the newest of them are not. Never waits.
   */
  Optional<ServedReleases> rememberedServed();

  /**
   * The ids of those that are served, newest first, as far as they are known without asking the
   * database; absent where it has not answered yet. Never waits.
   */
  Optional<List<String>> rememberedIds();

  /** Asks again which releases are served, where there is a reason to believe that it changed. */
  Uni<Void> refresh();

  /** What is served but cannot be read, and why: for the operator. Never waits. */
  default Map<String, String> unreadable() {
    return Map.of();
  }
}
