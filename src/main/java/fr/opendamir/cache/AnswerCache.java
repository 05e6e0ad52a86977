package fr.opendamir.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers by their entity tag, which holds the release: a new release changes the tags, and old
 * answers leave as others need their room.
 */
@ApplicationScoped
public class AnswerCache {
  private static final long BYTES_PER_MB = 1024L * 1024;

  private final AsyncCache<String, EncodedAnswer> answers;

  public AnswerCache(CacheConfig config) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(config.memoryMb() * BYTES_PER_MB)
            .weigher((String key, EncodedAnswer answer) -> answer.weight() + key.length())
            .executor(Runnable::run) // eviction is quick, and needs no pool of threads
            .buildAsync();
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
