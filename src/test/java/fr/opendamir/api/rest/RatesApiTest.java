package fr.opendamir.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.ParquetRows;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates of {@link RateMonths}, with the arithmetic. */
@QuarkusTest
@WithTestResource(RateMonths.class)
class RatesApiTest {
  /** Populations of 1 January 2024 and 2025 added up, which is twice the mean of 2024. */
  private static final long ILE_DE_FRANCE = 12_430_351 + 12_450_849;

  private static final long RHONE_ALPES = 8_228_802 + 8_260_096;
  private static final long FRANCE = 68_436_616 + 68_605_616;

  /** By stratum, of Île-de-France. */
  private static final List<Long> STRATA =
      List.of(
          1_560_702L + 1_548_027,
          1_699_468L + 1_709_549,
          1_580_210L + 1_574_991,
          1_180_487L + 1_202_559,
          1_491_215L + 1_476_487,
          1_785_049L + 1_788_676,
          1_641_079L + 1_637_644,
          1_492_141L + 1_512_916);

  private static final List<Integer> FR2023 =
      List.of(1194, 1172, 1260, 1221, 1134, 1189, 1304, 1525);
  private static final List<Integer> ESP2013 =
      List.of(1075, 1275, 1375, 1275, 1075, 1275, 1375, 1275);

  /**
   * An amount per person and year.
   *
   * @param twiceTheMean population, of a part of a year that is {@code months} long
   */
  private static BigDecimal rate(long amount, int months, long twiceTheMean) {
    return BigDecimal.valueOf(24 * amount)
        .divide(BigDecimal.valueOf(months * twiceTheMean), 2, RoundingMode.HALF_UP);
  }

  private static Response ask(String parameters) {
    return given().urlEncodingEnabled(false).get("/v1/aggregates?lang=en&labels=id&" + parameters);
  }

  private static JsonPath answer(String parameters) {
    Response response = ask(parameters);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return JsonPath.with(response.asString())
        .using(
            io.restassured.path.json.config.JsonPathConfig.jsonPathConfig()
                .numberReturnType(
                    io.restassured.path.json.config.JsonPathConfig.NumberReturnType.BIG_DECIMAL));
  }

  private static List<Object> values(String parameters, String measure) {
    return answer(parameters).getList("data." + measure);
  }

  @Test
  void aMonthIsAnnualisedAndScopedToCare() {
    // 36,000,000 of January and no sick pay, for a twelfth of (12,430,351 + 12,450,849) / 2 people.
    JsonPath answer =
        answer("group_by=region&month=2024-01&measures=reimbursed_per_inhabitant,reimbursed");

    assertThat(answer.getList("data.region")).isEqualTo(List.of("11", "84", "99"));
    assertThat(answer.<Object>getList("data.reimbursed_per_inhabitant"))
        .containsExactly(rate(36_000_000, 1, ILE_DE_FRANCE), rate(4_000_000, 1, RHONE_ALPES), null);
    assertThat(rate(36_000_000, 1, ILE_DE_FRANCE)).isEqualTo("34.73");
    assertThat(answer.<Object>getList("data.reimbursed").get(2))
        .isEqualTo(new BigDecimal("1000000.00"));
    assertThat(answer.<Object>getList("data.status"))
        .isEqualTo(List.of("ok", "ok", "no_denominator"));
    // 41 of the 41 millions of care, but one of region 99.
    assertThat(answer.<Object>get("rates.coverage.reimbursed_per_inhabitant"))
        .isEqualTo(new BigDecimal("0.975610"));
    assertThat(answer.getString("rates.population")).isEqualTo("population@2025.1");
  }

  @Test
  void personYearsAddUpOverMonths() {
    // 54,000,000 of two months; February alone has 18,000,000.
    assertThat(values("region=11&measures=reimbursed_per_inhabitant", "reimbursed_per_inhabitant"))
        .containsExactly(rate(54_000_000, 2, ILE_DE_FRANCE));
    assertThat(
            values(
                "region=11&group_by=year&measures=reimbursed_per_inhabitant",
                "reimbursed_per_inhabitant"))
        .containsExactly(rate(54_000_000, 2, ILE_DE_FRANCE));
    assertThat(
            values(
                "region=11&group_by=quarter&measures=reimbursed_per_inhabitant",
                "reimbursed_per_inhabitant"))
        .containsExactly(rate(54_000_000, 2, ILE_DE_FRANCE));
    assertThat(
            values(
                "region=11&group_by=month&measures=reimbursed_per_inhabitant&totals=grand",
                "reimbursed_per_inhabitant"))
        .containsExactly(
            rate(36_000_000, 1, ILE_DE_FRANCE),
            rate(18_000_000, 1, ILE_DE_FRANCE),
            rate(54_000_000, 2, ILE_DE_FRANCE));
  }

  @Test
  void aTotalHasTheWholePopulationAndNotTheSumOfWhatIsShown() {
    // 41,000,000 of January, region 99 included, for all of France.
    assertThat(
            values(
                "group_by=region&month=2024-01&measures=reimbursed_per_inhabitant&totals=grand",
                "reimbursed_per_inhabitant"))
        .containsExactly(
            rate(36_000_000, 1, ILE_DE_FRANCE),
            rate(4_000_000, 1, RHONE_ALPES),
            null,
            rate(41_000_000, 1, FRANCE));
    assertThat(
            values("month=2024-01&measures=reimbursed_per_inhabitant", "reimbursed_per_inhabitant"))
        .containsExactly(rate(41_000_000, 1, FRANCE));
    // A filter that excludes 99 leaves the whole population; one that selects it has none.
    assertThat(
            values(
                "region=!99&month=2024-01&measures=reimbursed_per_inhabitant",
                "reimbursed_per_inhabitant"))
        .containsExactly(rate(40_000_000, 1, FRANCE));
    assertThat(
            values(
                "region=11,99&month=2024-01&measures=reimbursed_per_inhabitant",
                "reimbursed_per_inhabitant"))
        .containsOnlyNulls();
  }

  @Test
  void rollupsFollowSexAndAgeGroup() {
    // Women of Île-de-France: strata 5 to 8 are 26 of 36 millions.
    JsonPath answer =
        answer(
            "region=11&month=2024-01&group_by=sex,age_group&totals=rollup"
                + "&measures=reimbursed_per_inhabitant");
    assertThat(answer.<Object>getList("data.reimbursed_per_inhabitant"))
        .containsExactly(
            rate(1_000_000, 1, STRATA.get(0)),
            rate(2_000_000, 1, STRATA.get(1)),
            rate(3_000_000, 1, STRATA.get(2)),
            rate(4_000_000, 1, STRATA.get(3)),
            rate(10_000_000, 1, sum(0, 4)),
            rate(5_000_000, 1, STRATA.get(4)),
            rate(6_000_000, 1, STRATA.get(5)),
            rate(7_000_000, 1, STRATA.get(6)),
            rate(8_000_000, 1, STRATA.get(7)),
            rate(26_000_000, 1, sum(4, 8)),
            rate(36_000_000, 1, ILE_DE_FRANCE));
    assertThat(
            values(
                "region=11&month=2024-01&age_band=60,70,80&measures=reimbursed_per_inhabitant",
                "reimbursed_per_inhabitant"))
        .containsExactly(rate(12_000_000, 1, STRATA.get(3) + STRATA.get(7)));
  }

  private static long sum(int from, int to) {
    return STRATA.subList(from, to).stream().mapToLong(people -> people).sum();
  }

  @Test
  void everyRateHasItsNumerator() {
    JsonPath answer =
        answer(
            "region=11&month=2024-01&service=1110&measures=charged_per_inhabitant,"
                + "out_of_pocket_per_inhabitant,excess_fees_per_inhabitant,acts_per_1000");
    assertThat(answer.<Object>get("data[0].charged_per_inhabitant"))
        .isEqualTo(rate(54_000_000, 1, ILE_DE_FRANCE));
    assertThat(answer.<Object>get("data[0].out_of_pocket_per_inhabitant"))
        .isEqualTo(rate(18_000_000, 1, ILE_DE_FRANCE));
    assertThat(answer.<Object>get("data[0].excess_fees_per_inhabitant"))
        .isEqualTo(new BigDecimal("0.00"));
    // 3,600,000 acts * 24 * 1000 / 24,881,200.
    assertThat(answer.<Object>get("data[0].acts_per_1000"))
        .isEqualTo(
            BigDecimal.valueOf(3_600_000L * 24 * 1000)
                .divide(BigDecimal.valueOf(ILE_DE_FRANCE), 6, RoundingMode.HALF_UP));
  }

  @Test
  void standardisedRatesAreWeightedMeansOfStrata() {
    JsonPath answer =
        answer("region=11&month=2024-01&measures=reimbursed_per_inhabitant_standardised");
    assertThat(answer.<Object>getList("data.reimbursed_per_inhabitant_standardised"))
        .containsExactly(standardised(FR2023));
    assertThat(answer.getString("rates.reference")).isEqualTo("fr2023");
    assertThat(answer.<Object>get("rates.coverage.reimbursed_per_inhabitant_standardised"))
        .isEqualTo(new BigDecimal("1.000000"));
    assertThat(
            values(
                "region=11&month=2024-01&reference=esp2013&group_by=region"
                    + "&measures=reimbursed_per_inhabitant_standardised&totals=grand",
                "reimbursed_per_inhabitant_standardised"))
        .containsExactly(standardised(ESP2013), standardised(ESP2013));
    assertThat(standardised(ESP2013)).isNotEqualTo(standardised(FR2023));
  }

  /** The sum over the strata of weight * i millions * 24 / people, divided by the weights. */
  private static BigDecimal standardised(List<Integer> weights) {
    BigDecimal sum = BigDecimal.ZERO;
    int all = 0;
    for (int i = 0; i < STRATA.size(); i++) {
      sum =
          sum.add(
              BigDecimal.valueOf(weights.get(i) * (i + 1) * 24_000_000L)
                  .divide(BigDecimal.valueOf(STRATA.get(i)), 20, RoundingMode.DOWN));
      all += weights.get(i);
    }
    return sum.divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP);
  }

  @Test
  void ratesCanBeSortedByAndConditioned() {
    String question = "group_by=region&month=2024-01&measures=reimbursed_per_inhabitant&sort=";
    assertThat(values(question + "reimbursed_per_inhabitant", "region"))
        .containsExactly("84", "11", "99");
    assertThat(values(question + "-reimbursed_per_inhabitant", "region"))
        .containsExactly("11", "84", "99");
    assertThat(values(question + "region&having=reimbursed_per_inhabitant:gt:10", "region"))
        .containsExactly("11");
    assertThat(values(question + "region&having=reimbursed_per_inhabitant:eq:34.73", "region"))
        .containsExactly("11");
  }

  @Test
  void otherDimensionsDivideTheNumeratorOnlyAndSaySo() {
    JsonPath answer =
        answer("region=11&month=2024-01&group_by=service&measures=reimbursed_per_inhabitant");
    assertThat(answer.<Object>getList("data.reimbursed_per_inhabitant"))
        .containsExactly(rate(36_000_000, 1, ILE_DE_FRANCE), new BigDecimal("0.00"));
    assertThat(answer.<String>getList("warnings"))
        .anyMatch(
            text ->
                text.equals(
                    "service divides the numerator only: measures are per inhabitant of the whole"
                        + " population."))
        .anyMatch(text -> text.contains("annualised"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "measures=reimbursed_per_inhabitant&group_by=age_band | group_by | age_group",
        "measures=reimbursed_per_inhabitant&age_band=60,70 | age_band | 60,70,80",
        "measures=reimbursed_per_inhabitant&age_band=!0,20 | age_band | !0,20,30",
        "measures=reimbursed_per_inhabitant_standardised&group_by=sex | measures |"
            + " reimbursed_per_inhabitant",
        "measures=charged_per_inhabitant_standardised&sex=1 | measures | charged_per_inhabitant",
      })
  void whatHasNoDenominatorIsRefusedWithWhatWorks(
      String parameters, String parameter, String suggestion) {
    Response refusal = ask(parameters);

    assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(422);
    assertThat(refusal.jsonPath().getString("errors[0].parameter")).isEqualTo(parameter);
    assertThat(refusal.jsonPath().getString("errors[0].did_you_mean[0]")).isEqualTo(suggestion);
    Map<String, String> fixed =
        Map.of(
            "group_by", parameters.replace("age_band", suggestion),
            "age_band", parameters.replaceAll("age_band=.*", "age_band=" + suggestion),
            "measures", parameters.replaceAll("measures=\\w+", "measures=" + suggestion));
    assertThat(ask(fixed.get(parameter)).statusCode()).isEqualTo(200);
  }

  @Test
  void severalServicesAndAnUnusedReferenceAreRefused() {
    assertThat(ask("measures=acts_per_1000&group_by=region").jsonPath().getString("errors[0].code"))
        .isEqualTo("several_services");
    Response unused = ask("measures=reimbursed&reference=esp2013");
    assertThat(unused.statusCode()).isEqualTo(400);
    assertThat(unused.jsonPath().getString("errors[0].parameter")).isEqualTo("reference");
  }

  @Test
  void filesHaveTheSameFigures() {
    String question = "group_by=region&month=2024-01&measures=reimbursed_per_inhabitant&format=";
    assertThat(ask(question + "csv").asString().lines())
        .containsExactly(
            "region,reimbursed_per_inhabitant,status",
            "11,34.73,ok",
            "84,5.82,ok",
            "99,,no_denominator");
    assertThat(ask(question + "json-stat").asString()).contains("34.73", "5.82");
    assertThat(ask(question + "ndjson").asString()).contains("34.73");
  }

  /** Rows have their own mark; what belongs to all of them is where {@code describedby} leads. */
  @Test
  void filesLeadToWhatTheirRatesAreWorth() {
    String question = "group_by=region&month=2024-01&measures=reimbursed_per_inhabitant&format=";
    for (String file : List.of("csv", "ndjson", "csv&limit=all", "ndjson&limit=all")) {
      Response answer = ask(question + file);
      assertThat(answer.asString()).as(file).contains("no_denominator");
      String described =
          answer.headers().getValues("Link").stream()
              .filter(link -> link.endsWith("rel=\"describedby\""))
              .map(link -> link.substring(1, link.indexOf('>')))
              .findFirst()
              .orElseThrow();
      JsonPath description = given().urlEncodingEnabled(false).get(described).jsonPath();
      assertThat(description.getString("rates.coverage.reimbursed_per_inhabitant"))
          .as(described)
          .isEqualTo("0.97561");
      assertThat(description.getString("rates.population")).isEqualTo("population@2025.1");
      assertThat(description.getList("rates.provisional_years")).isEmpty();
      assertThat(description.<String>getList("warnings")).anyMatch(text -> text.contains("never"));
    }
    assertThat(ask(question + "json-stat").jsonPath().getString("extension.rates.population"))
        .isEqualTo("population@2025.1");
  }

  @Test
  void graphqlHasTheSameFigures() {
    String query =
        "{ spending(filter: {month: {in: [\\\"2024-01\\\"]}}) { nodes { region { code }"
            + " reimbursedPerInhabitant status } coverage { measure share } } }";
    JsonPath answer =
        given()
            .contentType("application/json")
            .body("{\"query\": \"" + query + "\"}")
            .post("/graphql")
            .jsonPath();
    assertThat(answer.getString("data.spending.nodes[0].reimbursedPerInhabitant"))
        .as(answer.prettify())
        .isEqualTo("34.73");
    assertThat(answer.getString("data.spending.nodes[2].status")).isEqualTo("NO_DENOMINATOR");
    assertThat(answer.getString("data.spending.coverage[0].measure"))
        .isEqualTo("REIMBURSED_PER_INHABITANT");
  }

  /** The last condition leaves no row, of which a file tells its coverage all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&totals=rollup", "&having=reimbursed:gt:900000000000"})
  void filesOfAllRowsSayTheCoverageAndTheWarningsOfPages(String more) {
    String question =
        "group_by=region&month=2024-01&measures=reimbursed,reimbursed_per_inhabitant,"
            + "acts_per_1000_standardised&service=1110"
            + more;

    Map<String, String> file = metadata(question + "&limit=all");
    assertThat(file)
        .isEqualTo(metadata(question + "&limit=100"))
        .containsEntry("rates.coverage.reimbursed_per_inhabitant", "0.975610")
        .containsKey("rates.coverage.acts_per_1000_standardised");
    assertThat(file.get("warnings")).contains("no_denominator");
    assertThat(about(question + "&limit=all"))
        .isEqualTo(about(question + "&limit=100"))
        .contains(List.of("rates.coverage.reimbursed_per_inhabitant", "0.975610"));
  }

  /** What a Parquet file says of itself, but for its address. */
  private static Map<String, String> metadata(String parameters) {
    Map<String, String> metadata =
        ParquetRows.metadata(ask(parameters + "&format=parquet").asByteArray());
    assertThat(metadata.remove("question")).startsWith("/v1/aggregates?");
    return metadata;
  }

  /** What a workbook says of itself, but for its address and the number of its rows. */
  private static List<List<String>> about(String parameters) {
    return Workbooks.sheets(ask(parameters + "&format=xlsx").asByteArray()).get("Read me").stream()
        .filter(line -> !line.get(0).equals("Address of the question"))
        .filter(line -> !line.get(0).equals("Rows"))
        .toList();
  }
}
