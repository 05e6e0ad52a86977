package fr.opendamir.query;

import com.github.benmanes.caffeine.cache.Cache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Looks up what a release has, which never changes. What was found is remembered; concurrent
 * requests share one lookup, which goes on for the others when one of them is cancelled.
 */
final class SharedLookups<K, V> {
  private final Cache<K, V> found;
  private final ConcurrentMap<K, CompletableFuture<Optional<V>>> asking = new ConcurrentHashMap<>();

  SharedLookups(Cache<K, V> found) {
    this.found = found;
  }

  /**
   * Looks up a value.
   *
   * @param lookup called unless the value is known or is being looked up
   * @return empty if the release was withdrawn during the lookup
   */
  Uni<Optional<V>> get(K key, Supplier<Uni<V>> lookup) {
    V known = found.getIfPresent(key);
    if (known != null) {
      return Uni.createFrom().item(Optional.of(known));
    }
    Uni<Optional<V>> asked = Uni.createFrom().completionStage(() -> ask(key, lookup).copy());
    // The lookup may have run in the Vert.x context of another request.
    Context context = Vertx.currentContext();
    return context == null
        ? asked
        : asked.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }

  private CompletableFuture<Optional<V>> ask(K key, Supplier<Uni<V>> lookup) {
    CompletableFuture<Optional<V>> own = new CompletableFuture<>();
    CompletableFuture<Optional<V>> other = asking.putIfAbsent(key, own);
    if (other != null) {
      return other;
    }
    var unused =
        Uni.createFrom()
            .deferred(lookup::get)
            .invoke(value -> keep(key, own, value))
            .map(Optional::of)
            .onFailure(ReplacedException.class)
            .recoverWithItem(Optional.empty())
            .onTermination()
            .invoke(() -> asking.remove(key, own))
            .subscribe()
            .with(own::complete, own::completeExceptionally);
    return own;
  }

  /** Keeps a value, unless its lookup began before everything was forgotten. */
  private void keep(K key, CompletableFuture<Optional<V>> lookup, V value) {
    if (asking.get(key) == lookup) {
      found.put(key, value);
    }
  }

  /** Forgets what was found, and what is being looked up. */
  void forget() {
    asking.clear();
    found.invalidateAll();
  }
}
