package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions over both geographies of {@link GeneratedVintages}: both doors give the same figures,
 * which are those of the lines of the files, to the cent.
 */
@QuarkusTest
@WithTestResource(GeneratedVintages.class)
class GeneratedVintagesApiTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final String YEARS = "month=2013-01..2016-12";

  @TempDir Path folder;

  @Test
  void byMonth() throws IOException {
    Map<String, BigDecimal> found = rest("month", YEARS);

    assertThat(found).isEqualTo(sums("FLX_ANN_MOI"));
    assertThat(graphql("month")).isEqualTo(found);
  }

  @Test
  void byExemption() throws IOException {
    Map<String, BigDecimal> found = rest("exemption", YEARS);

    Map<String, BigDecimal> lines = sums("EXO_MTF");
    assertThat(total(found)).isEqualTo(total(lines));
    assertThat(lines).containsKeys(disclosed(found));
    assertThat(disclosed(found)).contains("0", "42", "99");
    assertThat(graphql("exemption")).isEqualTo(found);
  }

  @Test
  void byRegion() throws IOException {
    Map<String, BigDecimal> found = rest("region", YEARS);

    assertThat(total(found)).isEqualTo(total(sums("FLX_ANN_MOI")));
    assertThat(disclosed(found)).contains("Z1", "Z5", "11", "53");
    assertThat(graphql("region")).isEqualTo(found);
    for (YearMonth month : GeneratedVintages.MONTHS) {
      assertThat(disclosed(rest("region", "month=" + month)))
          .as(month.toString())
          .isNotEmpty()
          .allMatch(code -> code.startsWith("Z") == month.getYear() < 2015);
    }
  }

  /** The codes of one year add up to the total of its files, whatever the vintage. */
  @Test
  void bothVintagesHaveAllOfTheirMonths() throws IOException {
    Map<String, BigDecimal> lines = sums("FLX_ANN_MOI");
    for (String year : List.of("2013", "2014", "2015", "2016")) {
      Map<String, BigDecimal> ofYear = new TreeMap<>(lines);
      ofYear.keySet().removeIf(month -> !month.startsWith(year));
      assertThat(total(rest("region", "year=" + year))).as(year).isEqualTo(total(ofYear));
    }
  }

  private static String[] disclosed(Map<String, BigDecimal> rows) {
    return rows.keySet().stream().filter(code -> !code.matches("ND|G:.*")).toArray(String[]::new);
  }

  private static BigDecimal total(Map<String, BigDecimal> rows) {
    return rows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, BigDecimal> rest(String level, String months) throws IOException {
    Response response =
        given()
            .urlEncodingEnabled(false)
            .get("/v1/aggregates?labels=id&limit=1000&group_by=" + level + "&" + months);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    Map<String, BigDecimal> rows = new TreeMap<>();
    for (JsonNode row : MAPPER.readTree(response.asByteArray()).get("data")) {
      rows.put(row.get(level).asText(), row.get("reimbursed").decimalValue().setScale(2));
    }
    return rows;
  }

  private static Map<String, BigDecimal> graphql(String level) throws IOException {
    String field = level.equals("month") ? level : level + "{code}";
    String query =
        "{spending(first:1000 filter:{month:{from:\"2013-01\",to:\"2016-12\"}}){nodes{%s reimbursed}}}"
            .formatted(field);
    Response response =
        given()
            .contentType("application/json")
            .body(MAPPER.writeValueAsString(Map.of("query", query)))
            .post("/graphql");
    Map<String, BigDecimal> rows = new TreeMap<>();
    for (JsonNode row : MAPPER.readTree(response.asByteArray()).at("/data/spending/nodes")) {
      JsonNode code = row.get(level);
      rows.put(
          code.isObject() ? code.get("code").asText() : code.asText(),
          row.get("reimbursed").decimalValue().setScale(2));
    }
    return rows;
  }

  /** What the lines of all files add up to, by the codes of a column. */
  private Map<String, BigDecimal> sums(String column) throws IOException {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (YearMonth month : GeneratedVintages.MONTHS) {
      List<String> lines =
          Files.readAllLines(GeneratedVintages.write(month, folder), StandardCharsets.US_ASCII);
      List<String> header = Arrays.asList(lines.get(0).split(";", -1));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split(";", -1);
        String code = fields[header.indexOf(column)];
        sums.merge(
            column.equals("FLX_ANN_MOI") ? code.substring(0, 4) + "-" + code.substring(4) : code,
            new BigDecimal(fields[header.indexOf("FLT_REM_MNT")]).setScale(2),
            BigDecimal::add);
      }
    }
    return sums;
  }
}
