package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Twenty thousand questions that nobody would ask: whatever is sent, the answer is an answer or
 * says what was wrong, and nothing of the inside shows.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class QuestionFuzzApiTest {
  private static final int QUESTIONS = 20_000;
  private static final int AT_ONCE = 40;
  private static final long SEED = 2026;
  private static final Set<Integer> EXPECTED = Set.of(200, 304, 400, 404, 406, 414, 422, 431, 503);
  private static final Pattern INSIDE =
      Pattern.compile("(?i)select |exception|\\bat [a-z]+\\.[a-z]+\\.|figures\\.|postgres|duckdb");

  private static final List<String> NAMES =
      List.of(
          "group_by",
          "measures",
          "region",
          "sex",
          "age_band",
          "service",
          "service_group",
          "service_kind",
          "exemption",
          "exemption_group",
          "care_lag",
          "month",
          "quarter",
          "year",
          "from",
          "to",
          "last",
          "having",
          "sort",
          "limit",
          "cursor",
          "labels",
          "lang",
          "format",
          "release",
          "BEN_RES_REG",
          "PRS_NAT",
          "totals",
          "foo",
          "",
          "group_by[]",
          "région",
          "a.b",
          "'; DROP TABLE blocks;--",
          "__proto__",
          "limit\u0000",
          "GROUP_BY");

  private static final List<String> VALUES =
      List.of(
          "region",
          "sex",
          "service",
          "month",
          "year",
          "region,sex,service",
          "11",
          "11,84",
          "!11",
          "!",
          "!!11",
          "ND",
          "NR",
          "G:pharmacy",
          "G:",
          "1110",
          "charged",
          "reimbursed,quantity",
          "reimbursement_rate",
          "average_charge",
          "-charged",
          "-",
          "--region",
          "2024-01",
          "2024-13",
          "2024-01..2024-02",
          "2024-02..2024-01",
          "..",
          "..2024",
          "2024-Q1",
          "2024-Q9",
          "9999-12",
          "0000-00",
          "1",
          "0",
          "-1",
          "10000",
          "10001",
          "999999999999999999999",
          "1e9",
          "NaN",
          "Infinity",
          "null",
          "true",
          "",
          " ",
          ",",
          ",,,",
          "csv",
          "json-stat",
          "ndjson",
          "xml",
          "fr",
          "en",
          "de",
          "id",
          "name",
          "both",
          "latest",
          "2024-01-01.1",
          "2024-01-01.999999999",
          "charged:ge:1",
          "charged:ge:-0.000001",
          "reimbursed:eq:999999999999999.999999",
          "reimbursed:ge:1:2",
          "charged:like:%",
          "MjAyNi0xMS0yNC4xLzEvMA",
          "AAAA",
          "=",
          "' OR '1'='1",
          "1;DELETE FROM blocks WHERE pg_sleep(9)",
          "$1",
          "%",
          "%s%n",
          "\\",
          "\"",
          "<script>",
          "\u0000",
          "\u202e",
          "\ud83d\ude00",
          "é",
          "ＳＥＸ",
          "../../etc/passwd",
          "${jndi:ldap://x}",
          "{{7*7}}");

  @TestHTTPResource("/")
  URI base;

  private final Random random = new Random(SEED);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void whateverIsAskedIsAnsweredOrExplained() {
    for (int asked = 0; asked < QUESTIONS; asked += AT_ONCE) {
      List<CompletableFuture<Void>> batch = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String question = question();
        batch.add(
            http.sendAsync(request(question), BodyHandlers.ofString())
                .thenAccept(response -> check(question, response)));
      }
      batch.forEach(CompletableFuture::join);
    }

    assertThat(failures).isEmpty();
    assertThat(statuses.keySet()).contains(200, 400, 422);
    assertThat(statuses.get(200)).isGreaterThan(QUESTIONS / 50);
  }

  private synchronized void check(String question, HttpResponse<String> response) {
    statuses.merge(response.statusCode(), 1, Integer::sum);
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean explained =
        response.statusCode() == 200
            || response.statusCode() >= 414
            || type.startsWith("application/problem+json");
    boolean shows = response.statusCode() != 200 && INSIDE.matcher(details(response)).find();
    if (!EXPECTED.contains(response.statusCode()) || !explained || shows) {
      failures.add(response.statusCode() + " for " + shortened(question) + ": " + response.body());
    }
  }

  /** The body without the quoted values that it repeats; nothing sent is what is looked for. */
  private static String details(HttpResponse<String> response) {
    return response.body().replaceAll("« [^»]* »|\\\\\"[^\"]*\\\\\"", "");
  }

  private String question() {
    return Stream.generate(this::parameter)
        .limit(random.nextInt(7))
        .collect(Collectors.joining("&"));
  }

  private String parameter() {
    String name = random.nextInt(8) == 0 ? pick(NAMES) : NAMES.get(random.nextInt(25));
    return encode(name) + "=" + encode(value());
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> IntStream.range(0, random.nextInt(400)).mapToObj(i -> "c" + i).collect(commas());
      case 1 -> pick(VALUES) + "," + pick(VALUES);
      case 2 -> noise();
      default -> pick(VALUES);
    };
  }

  private String noise() {
    return random
        .ints(random.nextInt(30), 0, 0x2fff)
        .filter(c -> !Character.isSurrogate((char) c))
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private HttpRequest request(String question) {
    return HttpRequest.newBuilder(base.resolve("/v1/aggregates?" + question)).build();
  }

  private static Collector<CharSequence, ?, String> commas() {
    return Collectors.joining(",");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  @Test
  void anAddressThatIsTooLongIsRefused() {
    String question = "region=" + "11,".repeat(35_000);

    HttpResponse<String> response =
        http.sendAsync(request(question), BodyHandlers.ofString()).join();

    assertThat(response.statusCode()).isEqualTo(414);
    assertThat(INSIDE.matcher(response.body()).find()).isFalse();
  }
}
