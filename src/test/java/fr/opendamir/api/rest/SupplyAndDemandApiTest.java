package fr.opendamir.api.rest;

import static fr.opendamir.testing.ScriptPrograms.output;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.testing.ScriptPrograms;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

/**
 * The headline result of the hackathon of 26 January 2015 from answers of the service alone, by
 * ordinary least squares: how many more consultations a person has in a year where there are 100
 * more general practitioners for 100,000 persons. The hackathon published 0.9, 0.5 and 0.6; a
 * recomputation from the files of before they were rounded 0.971, 0.513 and 0.618.
 */
@QuarkusTest
@WithTestResource(RateMonths.class)
class SupplyAndDemandApiTest {
  private static final Path RECIPES = Path.of("docs", "recipes");
  private static final String MAYOTTE = "976";

  /** The shares of all bands add up to 1: one of them says nothing new. */
  private static final String BAND_LEFT_OUT = "25_29";

  private static final String PUBLISHED =
      """
      model,departments,consultations,standard_error
      physicians,101,+0.9708,0.1879
      physicians and ages,101,+0.5128,0.2045
      physicians and ages and income,96,+0.6175,0.2141
      physicians without Mayotte,100,+0.7214,0.1757
      physicians and ages without Mayotte,100,+0.6088,0.2003
      """;

  @TestHTTPResource("/")
  URI base;

  private record Department(
      String code, double consultations, double supply, List<Double> ages, List<Double> income) {}

  private static List<JsonNode> table(String address) {
    Response answer =
        given()
            .urlEncodingEnabled(false)
            .get("/v1/references/" + address + "&labels=id&limit=10000");
    assertThat(answer.statusCode()).isEqualTo(200);
    try {
      JsonNode body = new ObjectMapper().readTree(answer.asByteArray());
      assertThat(body.at("/page/has_more").booleanValue()).isFalse();
      return body.get("data").valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Department> departments() {
    Map<String, List<Double>> incomes =
        table("household_income_2011?lang=en").stream()
            .collect(
                toMap(
                    SupplyAndDemandApiTest::department,
                    row ->
                        List.of(
                            row.get("taxed_households_percent").doubleValue(),
                            row.get("median_income").doubleValue())));
    Map<String, TreeMap<String, Long>> ages =
        table("insured_population?year=2013").stream()
            .collect(
                groupingBy(
                    SupplyAndDemandApiTest::department,
                    groupingBy(
                        row -> row.get("age_band_5").textValue(),
                        TreeMap::new,
                        summingLong(row -> row.get("insured").longValue()))));
    return table("gp_supply_2013?lang=en").stream()
        .map(row -> department(row, ages.get(department(row)), incomes))
        .toList();
  }

  private static String department(JsonNode row) {
    return row.get("department").textValue();
  }

  private static Department department(
      JsonNode row, Map<String, Long> ages, Map<String, List<Double>> incomes) {
    double insured = row.get("insured").doubleValue();
    assertThat(ages.values().stream().mapToLong(Long::longValue).sum())
        .as("insured persons of %s", row)
        .isEqualTo((long) insured);
    return new Department(
        department(row),
        row.get("consultations").doubleValue() / insured,
        1000 * row.get("general_practitioners").doubleValue() / insured,
        ages.entrySet().stream()
            .filter(band -> !band.getKey().equals(BAND_LEFT_OUT))
            .map(band -> band.getValue() / insured)
            .toList(),
        incomes.getOrDefault(department(row), List.of()));
  }

  /** A line of the result: name, departments, coefficient of the supply, its standard error. */
  private static String model(
      String name, List<Department> departments, boolean hasAges, boolean hasIncome) {
    double[][] explaining =
        departments.stream()
            .map(
                one ->
                    Stream.of(
                            List.of(1.0, one.supply()),
                            hasAges ? one.ages() : List.<Double>of(),
                            hasIncome ? one.income() : List.<Double>of())
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .toArray())
            .toArray(double[][]::new);
    RealMatrix x = MatrixUtils.createRealMatrix(explaining);
    RealVector y =
        MatrixUtils.createRealVector(
            departments.stream().mapToDouble(Department::consultations).toArray());
    RealMatrix inverse = new QRDecomposition(x).getSolver().getInverse();
    RealVector coefficients = inverse.operate(y);
    double residual = y.subtract(x.operate(coefficients)).getNorm();
    double error =
        residual
            / Math.sqrt(x.getRowDimension() - x.getColumnDimension())
            * inverse.getRowVector(1).getNorm();
    return String.format(
        Locale.ROOT, "%s,%d,%+.4f,%.4f", name, departments.size(), coefficients.getEntry(1), error);
  }

  @Test
  void theHeadlineResultComesFromReferencesAlone() {
    List<Department> all = departments();
    List<Department> withoutMayotte = only(all, one -> !one.code().equals(MAYOTTE));

    assertThat(
            List.of(
                "model,departments,consultations,standard_error",
                model("physicians", all, false, false),
                model("physicians and ages", all, true, false),
                model(
                    "physicians and ages and income",
                    only(all, one -> !one.income().isEmpty()),
                    true,
                    true),
                model("physicians without Mayotte", withoutMayotte, false, false),
                model("physicians and ages without Mayotte", withoutMayotte, true, false)))
        .isEqualTo(PUBLISHED.lines().toList());
    assertThat(all).allSatisfy(one -> assertThat(one.ages()).hasSize(18));
    assertThat(new TreeSet<>(all.stream().map(Department::code).toList())).hasSize(101);
  }

  private static List<Department> only(
      List<Department> departments, Predicate<Department> condition) {
    return departments.stream().filter(condition).toList();
  }

  @Test
  void theScriptInPythonFindsTheSame() throws Exception {
    assumeThat(output(ScriptPrograms.PYTHON, "--version")).as("Python is installed").isPresent();
    assertThat(script(ScriptPrograms.PYTHON, "supply_and_demand.py"))
        .isEqualTo(PUBLISHED.lines().toList());
  }

  @Test
  void theScriptInRFindsTheSame() throws Exception {
    assumeThat(output(ScriptPrograms.R, "--version")).as("R is installed").isPresent();
    assertThat(script(ScriptPrograms.R, "supply_and_demand.R"))
        .isEqualTo(PUBLISHED.lines().toList());
  }

  private List<String> script(String program, String name) throws Exception {
    return output(program, RECIPES.resolve(name).toString(), base.toString()).orElseThrow();
  }
}
