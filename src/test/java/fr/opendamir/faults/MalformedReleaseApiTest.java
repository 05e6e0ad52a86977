package fr.opendamir.faults;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.query.ReleaseCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows of the control tables that no import writes: somebody's hand, half a restore. What was
 * served before goes on being served, and the operator is told what is wrong.
 */
@QuarkusTest
@QuarkusTestResource(value = TroubledDatabase.class, restrictToAnnotatedClass = true)
class MalformedReleaseApiTest {
  private static final String KNOWN = "/v1/aggregates?measures=charged&group_by=month";
  private static final String BAD = "2999-01-01.1";

  /** A copy of the good import that is published, and a release of it. */
  private static final String COPY =
      """
      WITH copy AS (
        INSERT INTO control.import (month, file_name, file_bytes, sha256, policy_id, synthetic, accepted_loss,
          status, lines, atoms, blocks, smallest_block)
        SELECT '%s', 'bad', file_bytes, sha256, policy_id, synthetic, accepted_loss, '%s', %s, atoms, blocks,
          smallest_block FROM control.import ORDER BY id LIMIT 1 RETURNING id),
      totals AS (
        INSERT INTO control.import_total SELECT copy.id, %s, total FROM copy, control.import_total t
        WHERE t.import_id = (SELECT min(import_id) FROM control.import_total)),
      release AS (
        INSERT INTO control.release (id, published_at, status) VALUES ('%s', '%s', 'served') RETURNING id)
      INSERT INTO control.release_import SELECT release.id, copy.id FROM release, copy
      """;

  @Inject ReleaseCatalog releases;
  @Inject MeterRegistry metrics;

  @AfterEach
  void repair() throws Exception {
    TroubledDatabase.execute("DELETE FROM control.import_rollup WHERE rows = 4711");
    TroubledDatabase.execute("DELETE FROM control.rollup WHERE levels LIKE '%planet%'");
    TroubledDatabase.execute("DELETE FROM control.release_import WHERE release_id = '" + BAD + "'");
    TroubledDatabase.execute("DELETE FROM control.release WHERE id = '" + BAD + "'");
    TroubledDatabase.execute(
        "DELETE FROM control.import_total WHERE import_id IN (SELECT id FROM control.import WHERE"
            + " file_name = 'bad')");
    TroubledDatabase.execute("DELETE FROM control.import WHERE file_name = 'bad'");
    refresh();
    assertThat(releases.unreadable()).isEmpty();
    assertThat(gauge()).isZero();
  }

  @ParameterizedTest(name = "{5}")
  @CsvSource({
    "2024-13, published, 1, measure, now, Invalid value for MonthOfYear",
    "2024-02, failed, 1, measure, now, is failed",
    "2024-02, published, -1, measure, now, negative size",
    "2024-02, published, 1, upper(measure) || measure, now, No enum constant",
    "2024-02, published, 1, measure, infinity, published at",
    "2024-02, published, 1, measure, 0001-01-01, published at",
  })
  void aReleaseThatMakesNoSenseIsLeftOut(
      String month, String status, String lines, String measure, String time, String reason)
      throws Exception {
    Response known = given().get(KNOWN);
    TroubledDatabase.execute(COPY.formatted(month, status, lines, measure, BAD, time));
    refresh();
    assertLeftOut(known, reason);
  }

  @Test
  void aReleaseOfNothingIsLeftOut() throws Exception {
    Response known = given().get(KNOWN);
    TroubledDatabase.execute(
        "INSERT INTO control.release (id, published_at, status) VALUES ('"
            + BAD
            + "', now(), 'served')");
    refresh();
    assertLeftOut(known, "no imports");
  }

  /** Figures do not depend on rollups: the release is served, without this one. */
  @Test
  void aRollupByUnknownLevelsIsNotUsed() throws Exception {
    given().get(KNOWN).then().statusCode(200); // what is known already is not read again
    TroubledDatabase.execute("INSERT INTO control.rollup (levels) VALUES ('planet,sex')");
    TroubledDatabase.execute(
        "INSERT INTO control.import_rollup SELECT i.id, r.id, 4711 FROM control.import i,"
            + " control.rollup r WHERE r.levels = 'planet,sex' AND i.file_name <> 'bad'");
    TroubledDatabase.execute(
        "INSERT INTO control.release (id, published_at, status) VALUES ('"
            + BAD
            + "', now(), 'served')");
    TroubledDatabase.execute(
        "INSERT INTO control.release_import SELECT '"
            + BAD
            + "', id FROM control.import WHERE file_name <> 'bad'");
    refresh();
    Response answer = given().get("/v1/aggregates?measures=charged&group_by=sex");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.path("release.id").toString()).isEqualTo(BAD);
    assertThat(answer.path("data.charged").toString()).isEqualTo("[600.5]");
    assertThat(releases.unreadable().toString()).contains(BAD + " rollup ", "unknown levels");
    assertThat(gauge()).isOne();
  }

  /** Its segments are made by {@code migrate}, or are being fetched: it exists, and comes soon. */
  @Test
  void aReleaseWithoutSegmentsIsAwaited() throws Exception {
    Response known = given().get(KNOWN);
    TroubledDatabase.execute(COPY.formatted("2024-02", "published", 1, "measure", BAD, "now"));
    refresh();

    assertThat(given().get(KNOWN).asString()).isEqualTo(known.asString());
    Response awaited = given().get("/v1/aggregates?release=" + BAD);
    assertThat(awaited.statusCode()).isEqualTo(503);
    assertThat(awaited.header("Retry-After")).isNotNull();
    assertThat(releases.unreadable()).isEmpty();
  }

  private void assertLeftOut(Response known, String reason) {
    for (int i = 0; i < 3; i++) {
      Response now = given().get(KNOWN);
      assertThat(now.statusCode()).isEqualTo(200);
      assertThat(now.asString()).isEqualTo(known.asString());
      assertThat(now.header("ETag")).isEqualTo(known.header("ETag"));
    }
    Response fresh = given().get("/v1/aggregates?group_by=region&limit=" + reason.length());
    assertThat(fresh.statusCode()).isEqualTo(200);
    assertThat(given().get("/v1/aggregates?release=" + BAD).statusCode()).isEqualTo(404);
    assertThat(given().get("/v1/releases").asString()).doesNotContain(BAD);
    assertThat(releases.unreadable()).containsOnlyKeys(BAD);
    assertThat(releases.unreadable().get(BAD)).contains(reason);
    assertThat(gauge()).isOne();
  }

  /** As an import does, which is heard of within a second. */
  private void refresh() throws Exception {
    releases.refresh().await().atMost(Duration.ofSeconds(10));
  }

  private double gauge() {
    return metrics.get("opendamir.releases.unreadable").gauge().value();
  }
}
