package fr.opendamir.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Answers by their entity tag, which holds the release: a new release changes the tags, and old
 * answers leave as others need their room.
 */
@ApplicationScoped
public class AnswerCache {
  private static final long BYTES_PER_MB = 1024L * 1024;

  private final LongAdder evictions = new LongAdder();
  private final AsyncCache<String, EncodedAnswer> answers;

  /**
   * How full it is.
   *
   * @param bytes that answers take
   * @param evictions answers that left for others since the start
   */
  public record Fill(long answers, long bytes, long maximumBytes, long evictions) {}

  public AnswerCache(CacheConfig config) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(config.memoryMb() * BYTES_PER_MB)
            .weigher((String key, EncodedAnswer answer) -> answer.weight() + key.length())
            .executor(Runnable::run) // eviction is quick, and needs no pool of threads
            .evictionListener(
                (String key, EncodedAnswer answer, RemovalCause cause) -> evictions.increment())
            .buildAsync();
  }

  /** How full it is now; for metrics, not for every request. */
  public Fill fill() {
    Policy.Eviction<String, EncodedAnswer> bound =
        answers.synchronous().policy().eviction().orElseThrow();
    return new Fill(
        answers.synchronous().estimatedSize(),
        bound.weightedSize().orElse(0),
        bound.getMaximum(),
        evictions.sum());
  }

  /** The answer of that tag, if it is here; never waits. */
  public Optional<EncodedAnswer> find(String tag) {
    CompletableFuture<EncodedAnswer> answer = answers.getIfPresent(tag);
    return answer == null || !answer.isDone() || answer.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.of(answer.join());
  }

  /**
   * The answer of that tag: kept, being worked out for another reader, or worked out now. One that
   * turns out to have another tag is given but not kept, and so is none that fails. Who waits for
   * another reader's work goes on where it was.
   */
  public Uni<EncodedAnswer> get(String tag, Supplier<Uni<EncodedAnswer>> work) {
    Context context = Vertx.currentContext();
    Uni<EncodedAnswer> answer = kept(tag, work);
    return context == null
        ? answer
        : answer.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }

  private Uni<EncodedAnswer> kept(String tag, Supplier<Uni<EncodedAnswer>> work) {
    return Uni.createFrom()
        .completionStage(
            () ->
                answers.get(
                    tag,
                    (key, executor) ->
                        work.get().subscribeAsCompletionStage().toCompletableFuture()))
        .invoke(
            answer -> {
              if (!answer.tag().equals(tag)) {
                answers.synchronous().invalidate(tag);
              }
            });
  }
}
