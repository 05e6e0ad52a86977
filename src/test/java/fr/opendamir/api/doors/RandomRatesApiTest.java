package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rates recomputed from sums that the API gives and from the reference table that it serves,
 * without any code of the service, for random questions over rollups and blocks.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class RandomRatesApiTest {
  private static final int QUESTIONS = 200;
  private static final long SEED = 20_260;
  private static final List<String> MONTHS = List.of("2023-11", "2023-12", "2024-01", "2024-02");
  private static final List<String> PERIODS = List.of("month", "quarter", "year");
  private static final List<String> PEOPLE = List.of("region", "sex", "age_group");
  private static final List<String> OTHERS =
      List.of("service_group", "service", "provider_specialty", "insurance", "exemption_group");
  private static final Map<String, List<String>> CODES =
      Map.of(
          "region", List.of("11", "24", "84", "93", "99"),
          "sex", List.of("1", "2"),
          "age_group", List.of("0_19", "20_39", "40_59", "60_plus"),
          "insurance", List.of("10", "30"));
  private static final Map<String, List<Integer>> WEIGHTS =
      Map.of(
          "fr2023", List.of(1194, 1172, 1260, 1221, 1134, 1189, 1304, 1525),
          "esp2013", List.of(1075, 1275, 1375, 1275, 1075, 1275, 1375, 1275));
  private static final List<List<String>> STRATA = strata();

  /** A row as CSV has it: values by column. */
  private record Row(Map<String, String> values) {
    String key(List<String> levels) {
      return levels.stream().map(values::get).collect(Collectors.joining("|"));
    }

    String value(String column) {
      return values.get(column);
    }
  }

  private record Asked(
      List<String> groupBy,
      Map<String, List<String>> filters,
      String totals,
      Optional<String> standard) {
    String parameters() {
      return "labels=id&format=csv&group_by="
          + String.join(",", groupBy)
          + "&totals="
          + totals
          + filters.entrySet().stream()
              .map(filter -> "&" + filter.getKey() + "=" + String.join(",", filter.getValue()))
              .collect(Collectors.joining());
    }
  }

  /** People of a sex and an age group in a region at the beginning of a year. */
  private record Inhabitants(int year, Map<String, String> codes, long people) {}

  private final List<Inhabitants> population = new ArrayList<>();

  /** By filters and codes: rows of the same people have them in common. */
  private final Map<List<Object>, Optional<BigInteger>> people = new ConcurrentHashMap<>();

  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger withoutDenominator = new AtomicInteger();
  private final AtomicInteger suppressed = new AtomicInteger();

  private static List<List<String>> strata() {
    List<List<String>> strata = new ArrayList<>();
    for (String sex : List.of("1", "2")) {
      for (String age : List.of("0_19", "20_39", "40_59", "60_plus")) {
        strata.add(List.of(sex, age));
      }
    }
    return strata;
  }

  private static List<Row> csv(String path) {
    Response response = given().urlEncodingEnabled(false).get(path);
    assertThat(response.statusCode()).as(path + response.asString()).isEqualTo(200);
    List<String> lines = response.asString().lines().toList();
    List<String> names = List.of(lines.get(0).split(","));
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              Map<String, String> values = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), cells[i]);
              }
              return new Row(values);
            })
        .toList();
  }

  private void readPopulation() {
    for (Row row : csv("/v1/references/population?format=csv&labels=id")) {
      population.add(
          new Inhabitants(
              Integer.parseInt(row.value("year")),
              PEOPLE.stream().collect(Collectors.toMap(Function.identity(), row::value)),
              Long.parseLong(row.value("population"))));
    }
  }

  @Test
  void ratesAreTheSumsDividedByThePopulation() {
    readPopulation();
    Random random = new Random(SEED);
    SideBySide.check(
        IntStream.range(0, QUESTIONS)
            .mapToObj(i -> i % 4 == 0 ? drawStandardised(random) : draw(random))
            .toList(),
        asked -> {
          if (asked.standard().isPresent()) {
            checkStandardised(asked, asked.standard().get());
          } else {
            checkCrude(asked);
          }
        });
    assertThat(compared).hasValueGreaterThan(2_000);
    assertThat(withoutDenominator).hasValueGreaterThan(100);
    assertThat(suppressed).hasValueGreaterThan(10);
  }

  private static Asked draw(Random random) {
    List<String> groupBy = new ArrayList<>();
    groupBy.addAll(Draws.some(PERIODS, random.nextInt(2), random));
    groupBy.addAll(Draws.some(PEOPLE, random.nextInt(3), random));
    groupBy.addAll(Draws.some(OTHERS, random.nextInt(4), random));
    Collections.shuffle(groupBy, random);
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (String level :
        Draws.some(CODES.keySet().stream().sorted().toList(), random.nextInt(3), random)) {
      List<String> codes =
          new ArrayList<>(Draws.some(CODES.get(level), 1 + random.nextInt(2), random));
      if (random.nextInt(3) == 0) {
        codes.set(0, "!" + codes.get(0));
      }
      filters.put(level, codes);
    }
    filters.put("month", Draws.some(MONTHS, 1 + random.nextInt(4), random));
    return new Asked(groupBy, filters, totals(random), Optional.empty());
  }

  private static String totals(Random random) {
    return List.of("none", "grand", "rollup").get(random.nextInt(3));
  }

  private static Asked drawStandardised(Random random) {
    String standard = random.nextBoolean() ? "fr2023" : "esp2013";
    List<String> groupBy = new ArrayList<>(Draws.some(PERIODS, random.nextInt(2), random));
    groupBy.addAll(Draws.some(List.of("region"), random.nextInt(2), random));
    return new Asked(
        groupBy,
        Map.of("month", Draws.some(MONTHS, 1 + random.nextInt(4), random)),
        totals(random),
        Optional.of(standard));
  }

  private void checkCrude(Asked asked) {
    boolean isByService = asked.groupBy().contains("service");
    List<Row> rows =
        csv(
            "/v1/aggregates?"
                + asked.parameters()
                + "&measures=quantity,out_of_pocket,reimbursed_per_inhabitant,charged_per_inhabitant,"
                + "excess_fees_per_inhabitant,out_of_pocket_per_inhabitant"
                + (isByService ? ",acts_per_1000" : ""));
    Map<String, Row> care = byKey(asked, asked.parameters() + "&service_kind=care,participation");
    for (Row row : rows) {
      BigInteger people = people(asked, row);
      requireStatus(row, people);
      if (!row.value("status").equals("ok")) {
        continue;
      }
      assertThat(row.value("out_of_pocket_per_inhabitant"))
          .isEqualTo(rate(row.value("out_of_pocket"), people, 1, 2));
      String service = isByService ? row.value("service") : "ND";
      if (isByService && !service.matches("ND|_T|G:.*")) {
        assertThat(row.value("acts_per_1000"))
            .isEqualTo(rate(row.value("quantity"), people, 1000, 6));
      }
      Row sums = care.get(row.key(asked.groupBy()));
      if (sums != null && !sums.value("status").equals("suppressed")) {
        for (String measure : List.of("reimbursed", "charged", "excess_fees")) {
          assertThat(row.value(measure + "_per_inhabitant"))
              .as("%s %s", asked, row)
              .isEqualTo(rate(sums.value(measure), people, 1, 2));
        }
        compared.incrementAndGet();
      }
    }
  }

  private void requireStatus(Row row, BigInteger people) {
    if (row.value("status").equals("suppressed")) {
      suppressed.incrementAndGet();
      assertThat(row.value("out_of_pocket_per_inhabitant")).isEmpty();
    } else if (people == null) {
      withoutDenominator.incrementAndGet();
      assertThat(row.value("status")).as("%s", row).isEqualTo("no_denominator");
      assertThat(row.value("out_of_pocket_per_inhabitant")).isEmpty();
      assertThat(row.value("out_of_pocket")).isNotEmpty();
    } else {
      assertThat(row.value("status")).as("%s", row).isEqualTo("ok");
    }
  }

  private static Map<String, Row> byKey(Asked asked, String parameters) {
    Map<String, Row> rows = new LinkedHashMap<>();
    csv("/v1/aggregates?" + parameters + "&measures=reimbursed,charged,excess_fees,quantity")
        .forEach(row -> rows.put(row.key(asked.groupBy()), row));
    return rows;
  }

  private static String rate(String sum, BigInteger people, int per, int decimals) {
    return new BigDecimal(sum)
        .multiply(BigDecimal.valueOf(24L * per))
        .divide(new BigDecimal(people), decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** Twice the mean population, added up over the months of the row; null where nobody is known. */
  private BigInteger people(Asked asked, Row row) {
    List<String> codes =
        Stream.concat(PEOPLE.stream(), PERIODS.stream())
            .map(level -> isOpen(asked, row, level) ? "_T" : row.value(level))
            .toList();
    return people
        .computeIfAbsent(
            List.of(asked.filters(), codes), key -> Optional.ofNullable(added(asked, row)))
        .orElse(null);
  }

  private BigInteger added(Asked asked, Row row) {
    List<Integer> years =
        asked.filters().get("month").stream()
            .filter(month -> isInPeriod(asked, row, month))
            .map(month -> Integer.parseInt(month.substring(0, 4)))
            .toList();
    BigInteger sum = BigInteger.ZERO;
    for (Inhabitants some : population) {
      long months =
          years.stream().filter(year -> year == some.year() || year + 1 == some.year()).count();
      if (months > 0
          && PEOPLE.stream().allMatch(level -> isIn(asked, row, level, some.codes().get(level)))) {
        sum = sum.add(BigInteger.valueOf(some.people() * months));
      }
    }
    boolean holdsUnknown =
        PEOPLE.stream()
            .anyMatch(level -> isOpen(asked, row, level) && selects(asked, level, "99", "0"));
    return sum.signum() == 0 || holdsUnknown ? null : sum;
  }

  private static boolean isOpen(Asked asked, Row row, String level) {
    return !asked.groupBy().contains(level) || row.value(level).equals("_T");
  }

  private static boolean selects(Asked asked, String level, String... codes) {
    return asked.filters().getOrDefault(level, List.of()).stream()
            .anyMatch(code -> Arrays.asList(codes).contains(code))
        && !asked.filters().get(level).get(0).startsWith("!");
  }

  private static boolean isIn(Asked asked, Row row, String level, String code) {
    if (!isOpen(asked, row, level)) {
      return row.value(level).equals(code);
    }
    List<String> filter = asked.filters().get(level);
    if (filter == null) {
      return true;
    }
    boolean excluded = filter.get(0).startsWith("!");
    Set<String> codes =
        filter.stream()
            .map(one -> one.replace("!", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    return codes.contains(code) != excluded;
  }

  private static boolean isInPeriod(Asked asked, Row row, String month) {
    int quarter = (Integer.parseInt(month.substring(5)) + 2) / 3;
    Map<String, String> codes =
        Map.of(
            "month",
            month,
            "quarter",
            month.substring(0, 4) + "-Q" + quarter,
            "year",
            month.substring(0, 4));
    return PERIODS.stream()
        .allMatch(level -> isOpen(asked, row, level) || row.value(level).equals(codes.get(level)));
  }

  /** From the answers by stratum, each of which is asked for. */
  private void checkStandardised(Asked asked, String standard) {
    List<Row> rows =
        csv(
            "/v1/aggregates?"
                + asked.parameters()
                + "&measures=reimbursed_per_inhabitant_standardised&reference="
                + standard);
    List<Map<String, Row>> strata = new ArrayList<>();
    for (List<String> stratum : STRATA) {
      strata.add(
          byKey(
              asked,
              asked.parameters()
                  + "&service_kind=care,participation&sex="
                  + stratum.get(0)
                  + "&age_group="
                  + stratum.get(1)));
    }
    for (Row row : rows) {
      if (row.value("status").equals("ok")) {
        checkStandardised(asked, row, strata, WEIGHTS.get(standard));
      }
    }
  }

  private void checkStandardised(
      Asked asked, Row row, List<Map<String, Row>> strata, List<Integer> weights) {
    BigDecimal sum = BigDecimal.ZERO;
    int all = 0;
    for (int i = 0; i < STRATA.size(); i++) {
      Row stratum = strata.get(i).get(row.key(asked.groupBy()));
      if (stratum != null && stratum.value("status").equals("suppressed")) {
        return;
      }
      Map<String, List<String>> filters = new LinkedHashMap<>(asked.filters());
      filters.put("sex", List.of(STRATA.get(i).get(0)));
      filters.put("age_group", List.of(STRATA.get(i).get(1)));
      BigInteger people =
          people(new Asked(asked.groupBy(), filters, asked.totals(), asked.standard()), row);
      BigDecimal amount =
          stratum == null ? BigDecimal.ZERO : new BigDecimal(stratum.value("reimbursed"));
      sum =
          sum.add(
              amount
                  .multiply(BigDecimal.valueOf(24L * weights.get(i)))
                  .divide(new BigDecimal(people), 20, RoundingMode.DOWN));
      all += weights.get(i);
    }
    compared.incrementAndGet();
    assertThat(row.value("reimbursed_per_inhabitant_standardised"))
        .as("%s %s", asked, row)
        .isEqualTo(sum.divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP).toPlainString());
  }
}
