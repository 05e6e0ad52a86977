package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: storage of keys. Changes to a key reach every replica by themselves (see {@link
 * Keys#changed}). Results may come on any thread.
 */
public interface KeyStore {
  Uni<KeyRecord> create(NewKey key);

  /** The key of that hash, whatever its state. */
  Uni<Optional<KeyRecord>> find(String hash);

  /** All of them, oldest first. */
  Uni<List<KeyRecord>> list();

  /**
   * Makes a key stop at once.
   *
   * @return false where it was revoked before, or there is none
   */
  Uni<Boolean> revoke(long id, Instant at);

  /**
   * Replaces a key by another, in one transaction.
   *
   * @param worksUntil when the old one expires
   * @return the new one; empty, and nothing stored, where the old one was revoked or replaced
   *     before
   */
  Uni<Optional<KeyRecord>> rotate(long id, NewKey successor, Instant worksUntil);
}
