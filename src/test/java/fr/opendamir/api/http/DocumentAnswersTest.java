package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.answer.Answer;
import fr.opendamir.answer.AnswerCache;
import fr.opendamir.answer.AnswerRequest;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DocumentAnswersTest {
  private final AtomicInteger written = new AtomicInteger();
  private final DocumentAnswers answers =
      new DocumentAnswers(new AnswerService(new AnswerCache(() -> 1)));

  @Test
  void aListIsWrittenAndCompressedOnce() {
    byte[] plain = body(false, "codes", "sex", "1", "2");
    byte[] compressed = body(true, "codes", "sex", "1", "2");

    assertThat(written).hasValue(1);
    assertThat(body(false, "codes", "sex", "1", "2")).isSameAs(plain);
    assertThat(body(true, "codes", "sex", "1", "2")).isSameAs(compressed);
  }

  /** Without the database there are fewer codes: that list does not stay when it is back. */
  @Test
  void anotherListIsWrittenAnew() {
    body(false, "codes", "sex", "1", "2");
    body(false, "codes", "sex", "1", "2", "9");
    body(false, "codes", "region", "1", "2");

    assertThat(written).hasValue(3);
  }

  /** After an upgrade labels may differ: what clients have must not be called unchanged. */
  @Test
  void otherTextsHaveAnotherEntityTag() {
    assertThat(tag("Hommes")).isEqualTo(tag("Hommes")).isNotEqualTo(tag("Homme"));
  }

  private static String tag(String label) {
    Answer answer =
        new DocumentAnswers(new AnswerService(new AnswerCache(() -> 1)))
            .answer(
                AnswerRequest.unlimited(),
                "application/json",
                () -> label.getBytes(StandardCharsets.UTF_8),
                "codes")
            .await()
            .indefinitely();
    return ((EncodedAnswer) answer).tag();
  }

  private byte[] body(boolean compressed, String... content) {
    Answer answer =
        answers
            .answer(AnswerRequest.unlimited(), "application/json", this::write, content)
            .await()
            .indefinitely();
    return ((EncodedAnswer) answer).body(compressed);
  }

  private byte[] write() {
    return ("list " + written.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
  }
}
