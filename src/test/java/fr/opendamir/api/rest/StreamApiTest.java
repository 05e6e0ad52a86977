package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import fr.opendamir.access.Admission;
import fr.opendamir.access.StreamPlaces;
import fr.opendamir.catalog.Language;
import fr.opendamir.columns.ColumnFigures;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.format.Formats;
import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AnswerStream;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Figures;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.query.ResultRow;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.HeldColumns;
import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are written while they are read, to readers of all kinds. */
@QuarkusTest
@QuarkusTestResource(value = ManyBlocks.class, restrictToAnnotatedClass = true)
class StreamApiTest {
  private static final String SERVICES = "group_by=service&measures=reimbursed,quantity&lang=en";

  private static final List<String> FORMATS = List.of("csv", "xlsx", "parquet");

  /** Three thousand rows and some. */
  private static final String SOME = SERVICES + "&having=reimbursed:ge:39520";

  @Inject Admission admission;
  @Inject ColumnFigures columns;
  @Inject StreamPlaces places;
  @Inject QuestionBinder binder;
  @Inject Figures figures;
  @Inject AnswerTables tables;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "ndjson", "sdmx-csv"})
  void theBytesAreThoseOfAllPages(String format) {
    String all = get(SOME + "&limit=all&format=" + format).asString();
    StringBuilder pages = new StringBuilder();
    String next = "/v1/aggregates?" + SOME + "&limit=1000&format=" + format;
    int count = 0;
    while (next != null) {
      Response page = given().urlEncodingEnabled(false).get(next);
      String text = page.asString();
      boolean hasHeader = !format.equals("ndjson") && count > 0;
      pages.append(hasHeader ? text.substring(text.indexOf('\n') + 1) : text);
      next =
          page.headers().getValues("Link").stream()
              .filter(link -> link.contains("rel=\"next\""))
              .map(link -> link.substring(1, link.indexOf('>')))
              .findFirst()
              .orElse(null);
      count++;
    }
    assertThat(count).isEqualTo(4);
    assertThat(all).isEqualTo(pages.toString());
    assertThat(all.lines().count()).isGreaterThan(3000);
  }

  @Test
  void workbooksAndParquetFilesHaveTheRowsOfAllPages() {
    List<String> lines = get(SOME + "&limit=all&format=csv").asString().lines().toList();
    assertThat(services(Workbooks.rows(get(SOME + "&limit=all&format=xlsx").asByteArray())))
        .isEqualTo(
            services(ParquetRows.rows(get(SOME + "&limit=all&format=parquet").asByteArray())))
        .isEqualTo(lines.stream().skip(1).map(line -> line.split(",", 2)[0]).toList())
        .hasSizeGreaterThan(3000);
  }

  private static List<String> services(List<Map<String, String>> rows) {
    return rows.stream().map(row -> row.get("service")).toList();
  }

  @Test
  void aCursorContinuesToTheEnd() {
    String all = get(SOME + "&limit=all&format=ndjson").asString();
    String cursor = get(SOME + "&limit=1500&format=json").jsonPath().getString("page.next_cursor");
    String rest = get(SOME + "&limit=all&format=ndjson&cursor=" + cursor).asString();
    assertThat(rest.lines().toList()).isEqualTo(all.lines().skip(1500).toList());
  }

  @Test
  void headersAreThoseOfAPageAndTheTagIsItsOwn() {
    Response page = get(SOME + "&format=csv&limit=100");
    Response all = get(SOME + "&format=csv&limit=all");
    for (String name :
        List.of("Content-Type", "X-Release", "Cache-Control", "Vary", "Last-Modified")) {
      assertThat(all.getHeader(name)).as(name).isNotNull().isEqualTo(page.getHeader(name));
    }
    assertThat(all.getHeader("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(all.getHeader("ETag")).isNotEqualTo(page.getHeader("ETag"));
    assertThat(all.headers().getValues("Link"))
        .hasSize(2)
        .anyMatch(link -> link.contains("rel=\"license\""))
        .anyMatch(
            link -> link.matches(".*limit=100&release=[^&]*&format=json>; rel=\"describedby\""));
    given()
        .header("If-None-Match", all.getHeader("ETag"))
        .get("/v1/aggregates?" + SOME + "&format=csv&limit=all")
        .then()
        .statusCode(304);
  }

  @Test
  void headTellsTheSameAndComputesNothing() {
    Response all = get(SOME + "&format=csv&limit=all");
    // GET of this one is refused, once it has been computed.
    Response head =
        given()
            .urlEncodingEnabled(false)
            .head("/v1/aggregates?group_by=service,age_band&format=csv&limit=all");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.getHeader("Content-Type")).isEqualTo(all.getHeader("Content-Type"));
    assertThat(head.getHeader("ETag")).isNotNull();
  }

  @Test
  void aPostedQuestionStreamsToo() {
    String all = get(SOME + "&format=csv&limit=all").asString();
    given()
        .contentType("application/json")
        .body(
            """
            {"group_by": "service", "measures": ["reimbursed", "quantity"], "lang": "en",
            "having": "reimbursed:ge:39520", "format": "csv", "limit": "all"}
            """)
        .post("/v1/aggregates/query")
        .then()
        .statusCode(200)
        .header("Transfer-Encoding", equalTo("chunked"))
        .header("Content-Location", containsString("limit=all&format=csv"))
        .body(equalTo(all));
  }

  /** A million blocks are scanned, but there are few codes. */
  @Test
  void fewRowsAreAnsweredAndCachedAsAPageIs() {
    String parameters = "group_by=age_band,month&measures=quantity&format=csv&limit=all";
    assertThat(dryRun(parameters).getInt("max_rows")).isLessThan(50);

    Response answer = get(parameters);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Transfer-Encoding")).isNull();
    assertThat(answer.getHeader("Content-Length")).isNotNull();
    assertThat(answer.asString().lines().count()).isEqualTo(6);
    assertThat(dryRun(parameters).getBoolean("cached")).isTrue();
    assertThat(get(parameters).asString()).isEqualTo(answer.asString());
    given()
        .header("If-None-Match", answer.getHeader("ETag"))
        .get("/v1/aggregates?" + parameters)
        .then()
        .statusCode(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group_by=age_band&totals=grand&labels=both",
        "group_by=age_band,month&fill=zero&sort=-reimbursed&labels=name",
        "group_by=service,age_band,sex&service=100000,100001&totals=rollup&labels=id",
        "group_by=region,age_group&measures=charged,reimbursement_rate&having=charged:ge:20&labels=both",
      })
  void itsBytesAreThoseOfAStream(String parameters) {
    Question question =
        QuestionParser.parse(Draws.parameters(parameters), Language.EN).inFormat(true);
    BoundQuestion bound = binder.bind(question).await().indefinitely();
    assertThat(bound.isStreamed()).isFalse();
    for (String id : Formats.ids(AnswerFormat::isStreamable)) {
      AnswerFormat format = Formats.find(id, Formats.ALL).orElseThrow();
      assertThat(content(id, get(parameters + "&lang=en&limit=all&format=" + id).asByteArray()))
          .as(id)
          .isEqualTo(content(id, streamed(bound, format)));
    }
  }

  /**
   * The bytes, but of workbooks the rows: they hold the time at which they were written, and one
   * that is streamed counts its totals.
   */
  private static Object content(String format, byte[] bytes) {
    return format.equals("xlsx") ? Workbooks.rows(bytes) : bytes;
  }

  private byte[] streamed(BoundQuestion bound, AnswerFormat format) {
    AnswerStream rows = figures.stream(bound).await().indefinitely();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RowEncoder encoder = format.encoder(tables.streamed(rows.description()))) {
      List<ResultRow> next = rows.next().await().indefinitely();
      while (!next.isEmpty()) {
        bytes.writeBytes(encoder.write(AnswerTables.rows(next)));
        next = rows.next().await().indefinitely();
      }
      for (byte[] part = encoder.end(); part.length > 0; part = encoder.end()) {
        bytes.writeBytes(part);
      }
    } finally {
      rows.close().await().indefinitely();
    }
    return bytes.toByteArray();
  }

  /** No list has them, and there are more of them than a lookup finds. */
  @Test
  void manyCodesThatAreInNoListAreStreamed() {
    assertThat(dryRun(SERVICES + "&format=csv&limit=all").getInt("max_rows"))
        .isEqualTo(Question.ALL_ROWS);
    assertThat(dryRun(SERVICES + "&service=100000,100001&format=csv&limit=all").getInt("max_rows"))
        .isEqualTo(2);
  }

  private static JsonPath dryRun(String parameters) {
    return get(parameters + "&dry_run=true").then().statusCode(200).extract().jsonPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&format=json", "&format=json-stat"})
  void otherFormatsRefuseAllRows(String format) {
    get("group_by=region&lang=en&limit=all" + format)
        .then()
        .statusCode(400)
        .body("type", equalTo("/v1/problems/malformed-question"))
        .body("errors.parameter", hasItem("limit"))
        .body("detail", containsString("format=csv"));
  }

  @Test
  void anEmptyAnswerHasItsHeaderLineOnly() {
    assertThat(get("group_by=region&region=99&format=csv&limit=all&labels=id").asString())
        .isEqualTo("region,reimbursed,status\r\n");
    assertThat(get("group_by=region&region=99&format=ndjson&limit=all").asString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv&dialect=excel-fr", "ndjson", "sdmx-csv", "xlsx", "parquet"})
  void moreThanAMillionRowsAreRefusedBeforeTheFirst(String format) {
    get("group_by=service,age_band&limit=all&lang=en&format=" + format)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("type", equalTo("/v1/problems/too-large-question"))
        .body("detail", containsString("1000000"));
  }

  @Test
  void streamsAreCompressedForWhoAcceptsIt() throws IOException {
    HttpURLConnection plain = connection(SERVICES + "&format=csv&limit=all");
    HttpURLConnection packed = connection(SERVICES + "&format=csv&limit=all");
    packed.setRequestProperty("Accept-Encoding", "gzip");
    assertThat(packed.getHeaderField("Content-Encoding")).isEqualTo("gzip");
    byte[] bytes = packed.getInputStream().readAllBytes();
    byte[] expected = plain.getInputStream().readAllBytes();
    assertThat(bytes.length).isLessThan(expected.length / 3);
    assertThat(new GZIPInputStream(new java.io.ByteArrayInputStream(bytes)).readAllBytes())
        .isEqualTo(expected);
    assertThat(new String(expected, StandardCharsets.UTF_8).lines().count())
        .isEqualTo(ManyBlocks.SERVICES + 2);
  }

  @Test
  void aSlowReaderGetsEverything() throws Exception {
    try (Socket socket = ask(SERVICES + "&format=ndjson&limit=all")) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 512);
      assertThat(in.read()).isEqualTo('H');
      assertThat(columns.openStreams()).isOne();
      String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).endsWith("\r\n0\r\n\r\n");
      assertThat(rest.split("\"status\"", -1)).hasSize(ManyBlocks.SERVICES + 2);
    }
    Eventually.isTrue(() -> columns.openStreams() == 0);
  }

  @Test
  void readersWhoLeaveCostNothingAfterwards() throws Exception {
    for (int i = 0; i < 9; i++) {
      try (Socket socket = ask(SERVICES + "&limit=all&format=" + FORMATS.get(i % 3))) {
        if (i % 2 == 0 && i % 3 < 2) { // nothing leaves of a Parquet file before the last row
          assertThat(socket.getInputStream().read()).isEqualTo('H');
        } else {
          Eventually.isTrue(() -> columns.openStreams() > 0);
        }
      }
      Eventually.isTrue(() -> columns.openStreams() == 0);
    }
    Eventually.isTrue(() -> admission.inWork() == 0);
    for (int i = 0; i < 20; i++) {
      get("group_by=region&last=1").then().statusCode(200);
    }
    assertThat(get(SOME + "&limit=all&format=csv").asString()).endsWith("ok\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv&dialect=excel-fr", "ndjson", "sdmx-csv", "xlsx"})
  void aFailureInTheMiddleIsNoEnd(String format) throws Exception {
    try (HeldColumns.Hold breaking = HeldColumns.breaking()) {
      byte[] saved = savedUntilCut(connection(SERVICES + "&limit=all&format=" + format));
      breaking.release();
      assertThat(isFile(format, saved)).isFalse();
      assertThat(saved).isNotEmpty();
    }
    Eventually.isTrue(() -> columns.openStreams() == 0);
    get("group_by=region").then().statusCode(200);
  }

  @Test
  void aFailureBeforeTheFirstByteIsAProblem() {
    try (HeldColumns.Hold breaking = HeldColumns.breaking()) {
      Response answer = get(SERVICES + "&limit=all&format=parquet&download=true");
      breaking.release();
      answer
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Content-Disposition", nullValue())
          .header("ETag", nullValue())
          .header("Transfer-Encoding", nullValue())
          .header("Retry-After", notNullValue())
          .header("X-Request-Id", answer.jsonPath().getString("request_id"));
    }
    Eventually.isTrue(() -> columns.openStreams() == 0 && admission.inWork() == 0);
    assertThat(places.taken()).isZero();
  }

  @Test
  void readersWhoTakeNothingAreCutOff() throws Exception {
    try (Socket csv = ask(SERVICES + "&limit=all&format=csv");
        Socket xlsx = ask(SERVICES + "&limit=all&format=xlsx")) {
      List<InputStream> answers =
          List.of(
              new BufferedInputStream(csv.getInputStream(), 512),
              new BufferedInputStream(xlsx.getInputStream(), 512));
      for (InputStream in : answers) {
        assertThat(in.read()).isEqualTo('H');
      }
      assertThat(columns.openStreams()).isEqualTo(2);
      Eventually.isTrue(() -> columns.openStreams() == 0 && admission.inWork() == 0);
      for (InputStream in : answers) {
        assertThat(textUntilClosed(in)).contains("200 OK").doesNotContain("\r\n0\r\n\r\n");
      }
    }
  }

  /** What a client has of a body when it sees that the connection is cut, not ended. */
  private static byte[] savedUntilCut(HttpURLConnection connection) {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              InputStream in = connection.getInputStream();
              byte[] part = new byte[8192];
              for (int read = in.read(part); read >= 0; read = in.read(part)) {
                saved.write(part, 0, read);
              }
            })
        .isInstanceOf(IOException.class);
    return saved.toByteArray();
  }

  /** Whether bytes are a file that programs open; of texts, any bytes are. */
  private static boolean isFile(String format, byte[] bytes) throws IOException {
    Path file = Files.createTempFile("saved", "." + format);
    try {
      Files.write(file, bytes);
      switch (format) {
        case "xlsx" -> new ZipFile(file.toFile()).close();
        case "parquet" -> ParquetRows.rows(bytes);
        default -> {
          return false;
        }
      }
      return true;
    } catch (ZipException | IllegalStateException e) {
      return false;
    } finally {
      Files.delete(file);
    }
  }

  /** More often than there are places: one that is lost would be missed. */
  @Test
  void aStreamThatCannotBeginGivesItsPlaceBack() {
    try (HeldColumns.Hold away = HeldColumns.away()) {
      for (int i = 0; i <= places.most(); i++) {
        get(SOME + "&limit=all&format=csv").then().statusCode(503);
        assertThat(places.taken()).isZero();
      }
      away.release();
    }
    get(SOME + "&limit=all&format=csv").then().statusCode(200);
    assertThat(places.taken()).isZero();
  }

  /** Both places are held by others, who read nothing. */
  @Test
  void theSlowestReaderGivesItsPlaceToAnotherCaller() throws Exception {
    try (Socket slow = ask(SERVICES + "&format=csv&limit=all");
        Socket asSlow = ask(SERVICES + "&format=csv&limit=all")) {
      InputStream first = slow.getInputStream();
      InputStream second = asSlow.getInputStream();
      assertThat(first.read()).isEqualTo('H');
      assertThat(second.read()).isEqualTo('H');
      Eventually.isTrue(
          () -> {
            Response answer = elsewhere();
            if (answer.statusCode() == 503) {
              assertThat(answer.getHeader("Retry-After")).isIn("1", "2");
            }
            return answer.statusCode() == 200;
          });
      assertThat(List.of(textUntilClosed(first), textUntilClosed(second)))
          .anyMatch(text -> !text.endsWith("\r\n0\r\n\r\n"));
    }
    Eventually.isTrue(() -> columns.openStreams() == 0 && admission.inWork() == 0);
  }

  private static Response elsewhere() {
    return given()
        .urlEncodingEnabled(false)
        .header("X-Forwarded-For", "198.51.100.7")
        .get("/v1/aggregates?" + SOME + "&limit=all&format=csv");
  }

  private static String textUntilClosed(InputStream in) {
    StringBuilder text = new StringBuilder("H");
    byte[] part = new byte[8192];
    try {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        text.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // reset, as it should be
    }
    return text.toString();
  }

  private static Response get(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?" + parameters);
  }

  private static HttpURLConnection connection(String parameters) throws IOException {
    return (HttpURLConnection)
        URI.create("http://localhost:" + RestAssured.port + "/v1/aggregates?" + parameters)
            .toURL()
            .openConnection();
  }

  private static Socket ask(String parameters) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new java.net.InetSocketAddress("localhost", RestAssured.port));
    String request =
        "GET /v1/aggregates?" + parameters + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
