package fr.opendamir.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.opendamir.testing.NodeClients;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session of an agent, by the protocol's own SDK for TypeScript. */
@QuarkusTest
@WithTestResource(DentalYears.class)
class AgentApiTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int MOST_CALLS = 4;
  private static final int MOST_BYTES = 20_000;

  /** On 1 January of 2022 to 2025. */
  private static final List<Long> BRITTANY =
      List.of(3_422_845L, 3_440_248L, 3_458_588L, 3_475_895L);

  private static final List<Long> FRANCE =
      List.of(68_060_207L, 68_246_082L, 68_436_616L, 68_605_616L);

  @TestHTTPResource("/mcp")
  URI mcp;

  /**
   * "How much more do inhabitants of Brittany pay out of pocket for dentistry than the national
   * average, and since when?"
   */
  @Test
  void fourCallsReachFiguresCaveatsAndACitation() throws IOException, InterruptedException {
    JsonNode seen = NodeClients.install().run(TIMEOUT, "agent.mjs", mcp.toString());

    JsonNode calls = seen.path("calls");
    assertThat(calls.size()).isEqualTo(MOST_CALLS);
    int bytes = 0;
    for (JsonNode call : calls) {
      bytes += call.path("bytes").asInt();
      assertThat(call.path("text").asText()).startsWith("{").endsWith("}");
    }
    assertThat(bytes).isPositive().isLessThan(MOST_BYTES);

    JsonNode inBrittany = calls.get(1).path("structured");
    JsonNode inFrance = calls.get(2).path("structured");
    List<Long> paid = List.of(10_000_000L, 13_000_000L, 16_000_000L);
    for (int i = 0; i < paid.size(); i++) {
      assertRate(inBrittany, i, paid.get(i), BRITTANY);
      assertRate(inFrance, i, paid.get(i) + 30_000_000, FRANCE);
    }
    for (JsonNode answer : List.of(inBrittany, inFrance)) {
      assertThat(answer.path("complete").asBoolean()).isTrue();
      assertThat(answer.path("synthetic").asBoolean()).isFalse();
      assertThat(answer.at("/measures/0/unit").asText()).isEqualTo("EUR/inhabitant/year");
      assertThat(answer.path("citation").asText())
          .contains("Open DAMIR", answer.path("release").asText(), answer.path("rest").asText());
      assertThat(answer.path("rest").asText())
          .startsWith("/v1/aggregates?group_by=year")
          .contains("release=" + answer.path("release").asText());
      assertThat(answer.path("price_units").asInt()).isPositive();
      assertThat(answer.path("not_disclosed_share").has("service_group")).isTrue();
    }
    JsonNode explained = calls.get(3).path("structured");
    assertThat(explained.path("kind").asText()).isEqualTo("measure");
    assertThat(explained.path("denominator").asText()).contains("person-years");
    assertThat(explained.path("caveats").asText()).isNotBlank();

    assertThat(seen.path("refused").path("isError").asBoolean()).isTrue();
    assertThat(seen.at("/refused/content/0/text").asText())
        .contains("filters.region")
        .contains("did you mean 53?");
  }

  @Test
  void theSdkReadsWhatThereIs() throws IOException, InterruptedException {
    JsonNode seen = NodeClients.install().run(TIMEOUT, "agent.mjs", mcp.toString());

    assertThat(seen.at("/server/name").asText()).isEqualTo("open-damir-api");
    assertThat(seen.path("instructions").asText()).contains("find_codes", "ND means not disclosed");
    List<String> tools = new ArrayList<>();
    seen.path("tools")
        .forEach(
            tool -> {
              tools.add(tool.path("name").asText());
              assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isTrue();
            });
    assertThat(tools).containsExactly("describe_data", "find_codes", "spending", "explain");
    assertThat(seen.path("resources").get(0).path("uri").asText()).isEqualTo("damir://guide");
    assertThat(seen.path("guide").asText()).startsWith("# How to answer");
    assertThat(seen.path("measure").path("unit").asText()).isEqualTo("EUR");
    // There are no streams: the SDK asks once and goes on without.
    List<String> others = new ArrayList<>();
    seen.path("requests")
        .forEach(
            request -> {
              if (request.path("status").asInt() != 200) {
                others.add(request.path("method").asText() + " " + request.path("status").asInt());
              }
            });
    assertThat(others).containsExactlyInAnyOrder("POST 202", "GET 405");
  }

  private static void assertRate(JsonNode answer, int index, long amount, List<Long> population) {
    JsonNode row = answer.path("rows").get(index);
    assertThat(row.path("year").asText()).isEqualTo(String.valueOf(2022 + index));
    BigDecimal expected =
        BigDecimal.valueOf(24 * amount)
            .divide(
                BigDecimal.valueOf(population.get(index) + population.get(index + 1)),
                2,
                RoundingMode.HALF_UP);
    assertThat(new BigDecimal(row.path("out_of_pocket_per_inhabitant").asText()))
        .isEqualByComparingTo(expected);
  }
}
