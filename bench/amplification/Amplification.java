import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one anonymous caller can take of the machine with each kind of request: processor time of
 * the service and of its database for one request, times the rate that the caller is allowed. That
 * is the rate of requests, or that of units where the request has a price and units end first.
 *
 * <p>Requests are sent one after the other, each different from the one before where its answer
 * could else come from a cache, and as large as the service takes them. Ends with status 1 where a
 * share is above the target.
 *
 * <p>Arguments: port, process of the service, process of the database, requests of each kind, the
 * requests a minute and the units a minute of an anonymous caller.
 */
final class Amplification {
  private static final double TARGET = 0.10;
  private static final double TICKS = 100; // of /proc, a second
  private static final Pattern RELEASE = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern REMAINING = Pattern.compile("\"daily\"[^}]*\"remaining\"\\s*:\\s*(\\d+)");

  /** A kind of request; what it asks for by its number. */
  private record Kind(String name, IntFunction<HttpRequest.Builder> request) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final long service;
  private final long database;
  private final int count;
  private final double requestsASecond;
  private final double unitsASecond;
  private String release;
  private boolean isMissed;

  private Amplification(String[] arguments) {
    this.base = "http://localhost:" + arguments[0];
    this.service = Long.parseLong(arguments[1]);
    this.database = Long.parseLong(arguments[2]);
    this.count = Integer.parseInt(arguments[3]);
    this.requestsASecond = Double.parseDouble(arguments[4]) / 60;
    this.unitsASecond = Double.parseDouble(arguments[5]) / 60;
  }

  public static void main(String[] arguments) throws Exception {
    new Amplification(arguments).run();
  }

  private void run() throws Exception {
    System.out.printf(
        "%-34s %6s %9s %9s %7s %8s %7s%n",
        "one at a time, x " + count, "status", "CPU ms", "bytes", "units", "a second", "share");
    Matcher id =
        RELEASE.matcher(
            client.send(request("/v1/releases/latest").build(), BodyHandlers.ofString()).body());
    if (!id.find()) {
      throw new IllegalStateException("nothing is published");
    }
    release = id.group(1);
    for (Kind kind : kinds()) {
      measure(kind);
    }
    System.out.println("target: no share above 10 %: " + (isMissed ? "MISSED" : "met"));
    System.exit(isMissed ? 1 : 0);
  }

  private List<Kind> kinds() {
    String services = "service=" + codes(200);
    String name = "n".repeat(64);
    List<Kind> kinds = new ArrayList<>();
    // Answers
    kinds.add(get("REST, cached", i -> "/v1/aggregates?group_by=region&measures=reimbursed"));
    kinds.add(get("REST, not asked before", i -> "/v1/aggregates?group_by=region,sex&having=reimbursed:ge:" + i));
    kinds.add(
        get(
            "REST, 10,000 rows",
            i -> "/v1/aggregates?group_by=service,region,sex&limit=10000&having=reimbursed:ne:" + i));
    kinds.add(
        get(
            "REST, six dimensions and totals",
            i ->
                "/v1/aggregates?group_by=service,region,sex,age_band,insurance,month&totals=rollup"
                    + "&having=reimbursed:ne:"
                    + i));
    kinds.add(
        get(
            "difference of releases",
            i -> "/v1/releases/" + release + "/diff/" + release + "?having=reimbursed:ne:" + i));
    kinds.add(
        new Kind(
            "REST, 304",
            i ->
                request("/v1/aggregates?group_by=region&measures=reimbursed")
                    .header("If-None-Match", "*")));
    kinds.add(get("dry run", i -> "/v1/aggregates?dry_run=true&group_by=region,sex&having=reimbursed:ge:" + i));
    kinds.add(
        post(
            "500 wrong codes, 20 conditions",
            i ->
                "{\"dry_run\":true,\"group_by\":\"region,sex\",\"service\":["
                    + codes(500)
                    + "],\"having\":["
                    + list(20, n -> "\"reimbursed:ge:" + (i + n) + "\"")
                    + "]}"));
    // Wrong questions
    kinds.add(get("wrong parameter", i -> "/v1/aggregates?grup_by=region" + i));
    kinds.add(get("900 wrong values of group_by", i -> "/v1/aggregates?group_by=" + list(900, n -> "x" + n)));
    kinds.add(
        post("5,000 wrong members", i -> "{" + list(5_000, n -> "\"m" + n + "\":1") + "}"));
    kinds.add(
        post(
            "6,000 wrong values by POST",
            i -> "{\"group_by\":[" + list(6_000, n -> "\"r" + n + "\"") + "]}"));
    kinds.add(
        post(
            "2,700 conditions",
            i -> "{\"having\":[" + list(2_700, n -> "\"reimbursed:ge:" + n + "\"") + "]}"));
    kinds.add(
        get("cursor of nonsense", i -> "/v1/aggregates?cursor=" + "A".repeat(1_000 + i % 7)));
    // Vocabulary
    kinds.add(get("dimensions", i -> "/v1/dimensions"));
    kinds.add(get("codes of services", i -> "/v1/dimensions/service/codes"));
    kinds.add(get("codes of services, CSV", i -> "/v1/dimensions/service/codes?format=csv"));
    kinds.add(gzip("codes of services, gzip", i -> "/v1/dimensions/service/codes"));
    kinds.add(get("search", i -> "/v1/dimensions/service/codes?search=kine%20" + i));
    kinds.add(
        get(
            "search of 900 words",
            i -> "/v1/dimensions/service/codes?search=" + list(900, n -> "w" + (n + i)).replace(',', '+')));
    kinds.add(get("releases", i -> "/v1/releases"));
    kinds.add(get("measures", i -> "/v1/measures"));
    kinds.add(get("limits", i -> "/v1/limits"));
    kinds.add(get("contract", i -> "/openapi"));
    kinds.add(gzip("contract, gzip", i -> "/openapi"));
    // GraphQL
    kinds.add(
        graphql(
            "GraphQL, not asked before",
            i ->
                "{ spending(having: [{measure: CHARGED, is: GE, value: " + i + "}]) { nodes { region { code }"
                    + " charged } } }"));
    kinds.add(
        graphql("GraphQL codes", i -> "{ dimensions { id codes { code label } a" + i + ": id } }"));
    kinds.add(
        graphql(
            "GraphQL codes, long aliases",
            i ->
                "{ dimensions { codes { "
                    + IntStream.range(0, 14)
                        .mapToObj(n -> name.substring(4) + "_" + (char) ('a' + n) + i % 9 + ": label")
                        .collect(Collectors.joining(" "))
                    + " } } }"));
    kinds.add(graphql("GraphQL introspection", i -> introspection(i)));
    kinds.add(
        graphql(
            "GraphQL, wrong fields",
            i -> "{ " + IntStream.range(0, 280).mapToObj(n -> "f" + (n + i)).collect(Collectors.joining(" ")) + " }"));
    kinds.add(graphql("GraphQL, no syntax", i -> "{".repeat(1_900) + i));
    // Everything else
    kinds.add(get("404", i -> "/nothing/" + i));
    kinds.add(get("404, 6,000 characters", i -> "/nothing/" + "a".repeat(6_000)));
    kinds.add(get("start page", i -> "/"));
    kinds.add(get("GraphiQL", i -> "/graphiql/"));
    kinds.add(get("favicon", i -> "/favicon.ico"));
    kinds.add(get("414", i -> "/v1/aggregates?" + "a".repeat(40_000)));
    kinds.add(post("413", i -> "{\"a\":\"" + "b".repeat(70_000) + "\"}"));
    kinds.add(
        new Kind(
            "Accept-Language of 12 KB",
            i -> request("/v1/measures").header("Accept-Language", list(2_000, n -> "a-b;q=0"))));
    kinds.add(
        new Kind(
            "Accept-Language of 12 KB, 404",
            i -> request("/nothing").header("Accept-Language", list(2_000, n -> "a-b;q=0"))));
    kinds.add(
        new Kind(
            "Accept of 12 KB",
            i -> request("/v1/measures").header("Accept", list(1_000, n -> "a/b;q=0.5"))));
    kinds.add(
        new Kind("wrong key", i -> request("/v1/measures").header("X-API-Key", "odk_" + "a".repeat(40) + i)));
    kinds.add(
        new Kind(
            "preflight",
            i ->
                request("/v1/aggregates")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .header("Access-Control-Request-Method", "GET")));
    return kinds;
  }

  private static String introspection(int i) {
    String type = "name kind ofType { name kind ofType { name kind ofType { name } } }";
    return "{ a"
        + i
        + ": __schema { types { name kind description fields { name description args { name type { "
        + type
        + " } } type { "
        + type
        + " } } enumValues { name description } inputFields { name type { "
        + type
        + " } } } } }";
  }

  private String codes(int most) {
    return list(most, n -> "\"" + (1_000 + n) + "\"");
  }

  private static String list(int length, IntFunction<String> element) {
    return IntStream.range(0, length).mapToObj(element).collect(Collectors.joining(","));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path.replace("\"", "%22").replace(" ", "%20")));
  }

  private Kind get(String name, IntFunction<String> path) {
    return new Kind(name, i -> request(path.apply(i)));
  }

  private Kind gzip(String name, IntFunction<String> path) {
    return new Kind(name, i -> request(path.apply(i)).header("Accept-Encoding", "gzip"));
  }

  private Kind post(String name, IntFunction<String> body) {
    return new Kind(name, i -> posted("/v1/aggregates/query", body.apply(i)));
  }

  private Kind graphql(String name, IntFunction<String> document) {
    return new Kind(
        name,
        i ->
            posted("/graphql", "{\"query\":\"" + document.apply(i).replace("\"", "\\\"") + "\"}"));
  }

  private HttpRequest.Builder posted(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private void measure(Kind kind) throws Exception {
    int number = 0;
    for (int i = 0; i < count; i++) { // to be compiled
      send(kind, number++);
    }
    long units = remaining();
    HttpResponse<byte[]> last = null;
    double before = cpuSeconds();
    for (int i = 0; i < count; i++) {
      last = send(kind, number++);
    }
    double millis = (cpuSeconds() - before) * 1_000 / count;
    double price = (double) (units - remaining()) / count;
    double rate = price > 0 ? Math.min(requestsASecond, unitsASecond / price) : requestsASecond;
    double share = millis * rate / 1_000 / Runtime.getRuntime().availableProcessors();
    isMissed |= share > TARGET;
    System.out.printf(
        "%-34s %6s %9.2f %9d %7.1f %8.2f %6.1f%% %s%n",
        kind.name(),
        last == null ? "none" : last.statusCode(),
        millis,
        last == null ? 0 : last.body().length,
        price,
        rate,
        share * 100,
        share > TARGET ? "MISSED" : "");
  }

  /** An answer; null where the connection was closed instead, or broke while a body was sent. */
  private HttpResponse<byte[]> send(Kind kind, int number) throws InterruptedException {
    try {
      return client.send(kind.request().apply(number).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      return null;
    }
  }

  /** Units that are left of the daily allowance; this request is free itself. */
  private long remaining() throws Exception {
    String limits =
        client
            .send(request("/v1/limits").build(), BodyHandlers.ofString(StandardCharsets.UTF_8))
            .body();
    Matcher matcher = REMAINING.matcher(limits);
    if (!matcher.find()) {
      throw new IllegalStateException("no allowance in " + limits);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** Of the service, the database and everything that the database started. */
  private double cpuSeconds() throws IOException {
    double ticks = ticks(service, false) + ticks(database, true);
    try (Stream<ProcessHandle> children = ProcessHandle.of(database).orElseThrow().children()) {
      for (ProcessHandle child : children.toList()) {
        ticks += ticks(child.pid(), false);
      }
    }
    return ticks / TICKS;
  }

  private static double ticks(long process, boolean withEnded) throws IOException {
    Path stat = Path.of("/proc/" + process + "/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    double ended = Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
    return withEnded ? own + ended : own;
  }
}
