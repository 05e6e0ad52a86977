package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphqlJsonTest {
  /** Nothing is written of what is beyond the bound. */
  @Test
  void anAnswerHasNoMoreBytesThanItMay() {
    Map<String, Object> data = Map.of("a", "x".repeat(100_000));
    int bytes = GraphqlJson.write(data, List.of(), null, Integer.MAX_VALUE).length();

    assertThat(GraphqlJson.write(data, List.of(), null, bytes).length()).isEqualTo(bytes);
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class,
            () -> GraphqlJson.write(data, List.of(), null, bytes - 1));
    assertThat(refused.code()).isEqualTo("answer_too_large");
  }
}
