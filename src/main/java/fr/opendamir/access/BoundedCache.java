package fr.opendamir.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

/** Caches whose entries of one kind are estimated at the same number of bytes each. */
final class BoundedCache {
  private BoundedCache() {}

  /** A cache of what was used within the longest window of a quota. */
  static <V> Cache<String, V> ofCallers(int most, int bytesEach, Ticker ticker) {
    return builder((long) most * bytesEach, bytesEach, ticker)
        .expireAfterAccess(Quota.LONGEST)
        .build();
  }

  static Caffeine<Object, Object> builder(long maximumBytes, int bytesEach, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumWeight(maximumBytes)
        .weigher((Object key, Object value) -> bytesEach)
        .ticker(ticker)
        .executor(Runnable::run); // eviction is quick, and needs no thread pool
  }
}
