package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.testing.NodeClients;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The committed contract in tools that are not ours: a proxy that holds the service to it, a linter
 * of contracts, and a compiler of clients.
 */
@QuarkusTest
@WithTestResource(RevisedMonth.class)
class ContractToolsApiTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int QUESTIONS = 300;
  private static final long SEED = 20_261_128;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractDocument contract = ContractDocument.committed();

  @TestHTTPResource("/")
  URI service;

  @Test
  void theProxyFindsNothingWrongWithValidRequests() throws IOException, InterruptedException {
    List<ProxiedRequest> requests = new ArrayList<>(examples());
    requests.addAll(vocabulary());
    requests.addAll(questions());
    List<Found> found = proxied(ContractDocument.FILE, requests);
    assertThat(found).hasSizeGreaterThan(requests.size()); // next pages
    assertThat(found).filteredOn(one -> one.status() != 200).isEmpty();
    assertThat(found).filteredOn(one -> !one.violations().isEmpty()).isEmpty();
    assertThat(found.stream().map(one -> one.type().split(";", 2)[0]).distinct())
        .contains(
            "application/json",
            "text/csv",
            "application/x-ndjson",
            "application/vnd.json-stat+json",
            "text/markdown");
  }

  /** A check that cannot fail proves nothing. */
  @Test
  void theProxyFindsWhatIsWrong() throws IOException, InterruptedException {
    List<ProxiedRequest> requests =
        Stream.of(
                "/v1/aggregates",
                "/v1/aggregates?format=json-stat",
                "/v1/aggregates?dry_run=true",
                "/v1/dimensions/sex/codes",
                "/v1/limits",
                "/v1/aggregates?limit=0",
                "/v1/aggregates?limit=none",
                "/v1/aggregates?last=soon",
                "/v1/aggregates?dry_run=perhaps",
                "/v1/aggregates?group_by=region,department",
                "/v1/aggregates?measures=profit",
                "/v1/aggregates?sort=%2Bregion",
                "/v1/aggregates?having=reimbursed:above:3",
                "/v1/aggregates?format=docx",
                "/v1/aggregates?lang=de")
            .map(path -> ProxiedRequest.get("wrong", path))
            .collect(Collectors.toCollection(ArrayList::new));
    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of("departement", List.of("75")),
            Map.of("region", "11"),
            Map.of("limit", "20"),
            Map.of("dry_run", "true"))) {
      requests.add(ProxiedRequest.post("wrong", body));
    }
    Path wrong = Path.of("target", "wrong-contract.json");
    Files.writeString(wrong, wrongContract().toString());
    assertThat(proxied(wrong, requests))
        .hasSize(requests.size())
        .filteredOn(one -> one.violations().isEmpty())
        .isEmpty();
  }

  @Test
  void theLinterFindsWhatIsWrongAndNothingInTheContract() throws IOException, InterruptedException {
    ObjectNode wrong = (ObjectNode) committed();
    wrong.remove("servers");
    ((ObjectNode) wrong.at("/tags/0")).remove("description");
    ((ObjectNode) wrong.at("/paths/~1v1~1limits/get")).remove("operationId");
    Path file = Path.of("target", "contract-to-lint.json");
    Files.writeString(file, wrong.toString());
    List<List<JsonNode>> problems = found("lint.mjs", ContractDocument.FILE, file);
    assertThat(problems.get(0)).isEmpty();
    assertThat(problems.get(1))
        .extracting(problem -> problem.path("ruleId").textValue())
        .contains("no-empty-servers", "tag-description", "operation-operationId");
  }

  @Test
  void aStrictClientCompilesAndOneOfAnotherContractDoesNot()
      throws IOException, InterruptedException {
    JsonNode wrong = committed();
    ((ObjectNode) wrong.at("/components/schemas/RowLimit")).removeAll().put("type", "string");
    Path file = Path.of("target", "contract-to-compile.json");
    Files.writeString(file, wrong.toString());
    List<List<JsonNode>> problems = found("typescript.mjs", ContractDocument.FILE, file);
    assertThat(problems.get(0)).isEmpty();
    assertThat(problems.get(1)).isNotEmpty();
  }

  /** What a script finds in each of some files; not at the same time, for it writes one file. */
  private static List<List<JsonNode>> found(String script, Path... files)
      throws IOException, InterruptedException {
    NodeClients clients = NodeClients.install();
    List<List<JsonNode>> found = new ArrayList<>();
    for (Path file : files) {
      found.add(list(clients.run(TIMEOUT, script, absolute(file))));
    }
    return found;
  }

  private List<Found> proxied(Path file, List<ProxiedRequest> requests)
      throws IOException, InterruptedException {
    Path sent = Path.of("target", "proxied-requests.json");
    Files.write(sent, JSON.writeValueAsBytes(requests));
    List<Found> found = new ArrayList<>();
    for (JsonNode one :
        NodeClients.install()
            .run(
                TIMEOUT,
                "prism.mjs",
                absolute(file),
                service.toString().replaceAll("/$", ""),
                absolute(sent))) {
      found.add(JSON.treeToValue(one, Found.class));
    }
    return found;
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().toString();
  }

  private static List<JsonNode> list(JsonNode nodes) {
    List<JsonNode> list = new ArrayList<>();
    nodes.forEach(list::add);
    return list;
  }

  private static JsonNode committed() throws IOException {
    return ContractDocument.parse(Files.readString(ContractDocument.FILE));
  }

  /** Says something false of every kind of answer. */
  private static JsonNode wrongContract() throws IOException {
    JsonNode wrong = committed();
    for (String member :
        List.of(
            "Page/properties/total",
            "DryRun/properties/months",
            "JsonStatDataset/properties/size",
            "CodeList/properties/total",
            "QuestionLimits/properties/max_limit")) {
      ((ObjectNode) wrong.at("/components/schemas/" + member)).removeAll().put("type", "boolean");
    }
    return wrong;
  }

  /** Every example request of the contract, in every format. */
  private List<ProxiedRequest> examples() {
    ExampleReleases releases = ExampleReleases.ask();
    List<ProxiedRequest> requests = new ArrayList<>();
    for (DocumentedOperation operation : contract.operations()) {
      for (String name : operation.requests()) {
        for (String type : operation.textTypes(200)) {
          requests.add(
              ProxiedRequest.of(
                  operation.id() + "." + name,
                  operation.request(name),
                  Map.of("Accept", type),
                  releases::served));
        }
      }
    }
    return requests;
  }

  private List<ProxiedRequest> vocabulary() {
    List<String> addresses = new ArrayList<>();
    for (String id : ids("/v1/dimensions")) {
      addresses.add("/v1/dimensions/" + id);
      addresses.add("/v1/dimensions/" + id + "/codes");
      addresses.add("/v1/dimensions/" + id + "/codes?lang=en&search=a");
    }
    ids("/v1/measures").forEach(id -> addresses.add("/v1/measures/" + id));
    ids("/v1/releases").forEach(id -> addresses.add("/v1/releases/" + id + "?lang=fr"));
    for (String path :
        List.of("dimensions", "measures", "releases", "releases/latest", "disclosure", "limits")) {
      addresses.add("/v1/" + path);
    }
    addresses.add("/v1/disclosure/methodology");
    return addresses.stream().map(path -> ProxiedRequest.get("vocabulary", path)).toList();
  }

  /** Asked in an address, posted, and of the difference of two releases. */
  private List<ProxiedRequest> questions() {
    List<String> releases = ids("/v1/releases");
    Map<String, List<String>> codes = new LinkedHashMap<>();
    for (String level : ids("/v1/dimensions")) {
      codes.put(
          level, given().get("/v1/dimensions/" + level + "/codes").jsonPath().getList("data.code"));
    }
    Random random = new Random(SEED);
    DocumentedQuestion questions = new DocumentedQuestion(random, codes, releases);
    return IntStream.range(0, QUESTIONS)
        .mapToObj(
            number -> {
              Map<String, String> accept = questions.accept();
              return switch (number % 3) {
                case 0 ->
                    new ProxiedRequest(
                        "question",
                        "GET",
                        "/v1/aggregates?" + ProxiedRequest.query(questions.draw()),
                        accept,
                        null);
                case 1 ->
                    new ProxiedRequest(
                        "posted", "POST", "/v1/aggregates/query", accept, questions.draw());
                default ->
                    new ProxiedRequest(
                        "difference",
                        "GET",
                        "/v1/releases/%s/diff/%s?%s"
                            .formatted(
                                releases.get(1),
                                releases.get(0),
                                ProxiedRequest.query(questions.drawOfDifference())),
                        accept,
                        null);
              };
            })
        .toList();
  }

  private static List<String> ids(String path) {
    return given().get(path).jsonPath().getList("data.id");
  }

  /** What the proxy was answered, and in what the contract was broken. */
  private record Found(String name, int status, String type, List<String> violations) {}
}
