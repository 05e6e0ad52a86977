package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of bodies and addresses. */
class GraphqlRequestReaderTest {
  @Test
  void everyMemberIsRead() {
    GraphqlRequest request =
        GraphqlRequestReader.ofBody(
            "{\"query\":\"{a}\",\"operationName\":\"A\",\"variables\":{\"v\":[1,\"é\",null,true]},"
                + "\"extensions\":{\"x\":1},\"other\":2}");
    assertThat(request.query()).contains("{a}");
    assertThat(request.operationName()).contains("A");
    assertThat(request.documentId()).isEmpty();
    assertThat(request.variables()).isEqualTo(Map.of("v", Arrays.asList(1, "é", null, true)));
  }

  @Test
  void addressesAndBodiesMeanTheSame() {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("query", "{a}")
            .add("operationName", "A")
            .add("variables", "{\"v\":{\"w\":[1.50]}}");
    assertThat(GraphqlRequestReader.ofAddress(parameters))
        .isEqualTo(
            GraphqlRequestReader.ofBody(
                "{\"query\":\"{a}\",\"operationName\":\"A\",\"variables\":{\"v\":{\"w\":[1.50]}}}"));
  }

  @Test
  void decimalsKeepTheirDigits() {
    Map<String, Object> variables =
        GraphqlRequestReader.ofBody(
                "{\"query\":\"{a}\",\"variables\":{\"v\":12345678901234567890.123456789}}")
            .variables();
    assertThat(variables).containsEntry("v", new BigDecimal("12345678901234567890.123456789"));
  }

  @Test
  void whatIsNullOrEmptyIsAbsent() {
    GraphqlRequest request =
        GraphqlRequestReader.ofBody(
            "{\"documentId\":\"d\",\"query\":null,\"operationName\":\"\",\"variables\":null}");
    assertThat(request.query()).isEmpty();
    assertThat(request.operationName()).isEmpty();
    assertThat(request.variables()).isEmpty();
  }

  @Test
  void nestingEndsSomewhere() {
    String body = "{\"query\":\"{a}\",\"variables\":{\"v\":%s}}";
    for (int depth : new int[] {1, 18}) {
      assertThat(
              GraphqlRequestReader.ofBody(body.formatted("[".repeat(depth) + "]".repeat(depth)))
                  .variables())
          .containsKey("v");
    }
    for (int depth : new int[] {19, 30, 10_000}) {
      assertThat(refused(body.formatted("[".repeat(depth) + "]".repeat(depth))))
          .isEqualTo("malformed_json");
      assertThat(refused(body.formatted("{\"a\":".repeat(depth) + "1" + "}".repeat(depth))))
          .isEqualTo("malformed_json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999999",
        "1e-99999999999",
        "0.0000e-2147483647",
        "99999999999999999999999999999999999999999999999999999999999999999",
        "NaN",
        "Infinity",
        "-",
        "01",
        "1.",
        ".5",
        "0x10",
        "'a'",
        "\"\t\"",
        "\"\\u12\"",
        "undefined",
        "1 2",
      })
  void valuesThatAreNoJsonAreRefused(String value) {
    assertThat(refused("{\"query\":\"{a}\",\"variables\":{\"v\":" + value + "}}"))
        .isEqualTo("malformed_json");
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("query", "{a}")
            .add("variables", "{\"v\":" + value + "}");
    assertThat(
            catchThrowableOfType(
                    RefusedRequestException.class, () -> GraphqlRequestReader.ofAddress(parameters))
                .code())
        .isEqualTo("malformed_json");
  }

  @Test
  void refusalsAreToldInBothLanguages() {
    for (String body : List.of("", "[]", "{}", "{", "[".repeat(100), "{\"query\":1}")) {
      RefusedRequestException e =
          catchThrowableOfType(
              RefusedRequestException.class, () -> GraphqlRequestReader.ofBody(body));
      assertThat(e.detail().fr()).isNotBlank().isNotEqualTo(e.detail().en());
      assertThat(e.type().status()).isEqualTo(400);
    }
  }

  private static String refused(String body) {
    return catchThrowableOfType(
            RefusedRequestException.class, () -> GraphqlRequestReader.ofBody(body))
        .code();
  }
}
