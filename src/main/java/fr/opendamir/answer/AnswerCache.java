package fr.opendamir.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import fr.opendamir.query.DamagedSegment;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Cache of answers by entity tag. The tag depends on the release, so a new release needs no
 * invalidation: old answers are evicted when new ones need the space.
 */
@Singleton
public class AnswerCache {
  private static final long BYTES_PER_MB = 1024L * 1024;

  private final LongAdder evictions = new LongAdder();
  private final Cache<String, EncodedAnswer> answers;
  private final Map<String, SharedWork<EncodedAnswer>> inProgress = new HashMap<>();

  /**
   * The fill level of the cache.
   *
   * @param bytes size of the cached answers
   * @param evictions number of evictions since the start of the service
   */
  public record Fill(long answers, long bytes, long maximumBytes, long evictions) {}

  public AnswerCache(CacheConfig config) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(config.memoryMb() * BYTES_PER_MB)
            .weigher((String key, EncodedAnswer answer) -> answer.weight() + key.length())
            .executor(Runnable::run) // eviction is fast and needs no thread pool
            .evictionListener(
                (String key, EncodedAnswer answer, RemovalCause cause) -> evictions.increment())
            .build();
  }

  /** The current fill level; for metrics, too slow for every request. */
  public Fill fill() {
    Policy.Eviction<String, EncodedAnswer> bound = answers.policy().eviction().orElseThrow();
    return new Fill(
        answers.estimatedSize(),
        bound.weightedSize().orElse(0),
        bound.getMaximum(),
        evictions.sum());
  }

  /** Finds the cached answer of a tag. Never waits. */
  public Optional<EncodedAnswer> find(String tag) {
    return Optional.ofNullable(answers.getIfPresent(tag));
  }

  /**
   * Gets the answer of a tag: from the cache, from a computation in progress for another request
   * (single-flight), or by computing it now. A computed answer is cached under its own tag.
   *
   * <p>A computation continues while at least one request waits for it, and is cancelled when the
   * last one leaves; a request leaves by cancelling the result. The result is emitted in the Vert.x
   * context of the caller, even if another request computed it.
   */
  public Uni<EncodedAnswer> get(String tag, Supplier<Uni<EncodedAnswer>> work) {
    Context context = Vertx.currentContext();
    Uni<EncodedAnswer> answer = Uni.createFrom().emitter(request -> ask(tag, work, request));
    return context == null
        ? answer
        : answer.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }

  private void ask(
      String tag, Supplier<Uni<EncodedAnswer>> work, UniEmitter<? super EncodedAnswer> request) {
    EncodedAnswer cached;
    SharedWork<EncodedAnswer> shared = null;
    boolean isOwn = false;
    synchronized (inProgress) {
      cached = answers.getIfPresent(tag);
      if (cached == null) {
        shared = inProgress.get(tag);
        if (shared == null || !shared.join()) {
          shared = new SharedWork<>();
          inProgress.put(tag, shared);
          isOwn = true;
        }
      }
    }
    if (cached != null) {
      request.complete(cached);
      return;
    }
    shared.passTo(request);
    if (isOwn) {
      SharedWork<EncodedAnswer> started = shared;
      started.start(
          Uni.createFrom()
              .deferred(() -> work.get())
              .invoke(answer -> keep(tag, started, answer))
              .onTermination()
              .invoke(() -> end(tag, started)));
    }
  }

  /** Caches an answer, unless its computation began before everything was forgotten. */
  private void keep(String tag, SharedWork<EncodedAnswer> work, EncodedAnswer answer) {
    synchronized (inProgress) {
      if (inProgress.get(tag) == work) {
        answers.put(answer.tag(), answer);
      }
    }
  }

  /** Forgets all answers, also those that are being computed: they may be wrong. */
  void forget(@Observes DamagedSegment event) {
    synchronized (inProgress) {
      inProgress.clear();
      answers.invalidateAll();
    }
  }

  private void end(String tag, SharedWork<EncodedAnswer> work) {
    synchronized (inProgress) {
      inProgress.remove(tag, work);
    }
  }
}
