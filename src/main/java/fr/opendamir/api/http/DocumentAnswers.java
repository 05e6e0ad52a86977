package fr.opendamir.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.answer.Work;
import fr.opendamir.query.DamagedSegment;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers requests for documents without figures: vocabulary, releases, catalogues, feeds. These
 * answers are free, so they must be cheap: they are encoded and compressed once, then served from
 * the answer cache.
 */
@ApplicationScoped
public class DocumentAnswers {
  private static final long MOST_CHARACTERS = 2_000_000;
  private static final int CHARACTERS_PER_ENTRY = 400;

  private final AnswerService answers;
  private final Cache<String, AnswerKey> keys =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String content, AnswerKey key) -> CHARACTERS_PER_ENTRY + content.length())
          .executor(Runnable::run)
          .build();

  DocumentAnswers(AnswerService answers) {
    this.answers = answers;
  }

  /** Code lists may have been wrong. */
  void forget(@Observes DamagedSegment event) {
    keys.invalidateAll();
  }

  /**
   * Answers with cached bytes.
   *
   * @param body called only if the bytes or their entity tag are not in memory
   * @param content everything the bytes depend on while this process runs, except the media type
   */
  public Uni<Response> answer(
      RoutingContext context, String mediaType, Supplier<byte[]> body, String... content) {
    return answer(Exchange.conditional(context), mediaType, body, content)
        .map(answer -> AnswerResponse.of(answer, context.request()));
  }

  Uni<Answer> answer(
      AnswerRequest request, String mediaType, Supplier<byte[]> body, String... content) {
    String name = mediaType + "\n" + String.join("\n", content);
    AnswerKey known = keys.getIfPresent(name);
    if (known != null) {
      return answers.answer(request, known, () -> work(known, mediaType, body));
    }
    byte[] bytes = body.get();
    AnswerKey key = key(bytes);
    keys.put(name, key);
    return answers.answer(request, key, () -> work(key, mediaType, () -> bytes));
  }

  private static Work work(AnswerKey key, String mediaType, Supplier<byte[]> body) {
    return new Work.Metered(() -> Uni.createFrom().item(() -> encoded(key, mediaType, body.get())));
  }

  /**
   * The tag is made from the bytes, unlike those of figures: labels and texts change with the
   * version of the service, which a tag of names alone would not show.
   */
  private static AnswerKey key(byte[] body) {
    return new AnswerKey(
        EntityTag.of(new String(body, StandardCharsets.UTF_8)), CacheHeaders.ofVocabulary());
  }

  private static EncodedAnswer encoded(AnswerKey key, String mediaType, byte[] body) {
    List<Map.Entry<String, String>> headers =
        Stream.concat(
                Stream.of(
                    Map.entry(HttpHeaders.CONTENT_TYPE, mediaType),
                    Map.entry(HttpHeaders.VARY, CacheHeaders.VARY)),
                key.caching().stream())
            .toList();
    return EncodedAnswer.of(key.tag(), headers, body, 0);
  }
}
