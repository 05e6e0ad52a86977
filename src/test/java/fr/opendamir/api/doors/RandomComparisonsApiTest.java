package fr.opendamir.api.doors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * A comparison is two questions, asked apart and joined here, for random questions over rollups and
 * columns.
 */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class RandomComparisonsApiTest {
  private static final int QUESTIONS = 80;
  private static final int GAPS = 8;
  private static final long SEED = 43;
  private static final List<String> PUBLISHED = List.of("2023-11", "2023-12", "2024-01", "2024-02");
  private static final List<String> LEVELS =
      List.of("region", "sex", "age_group", "service", "insurance", "provider_specialty");
  private static final Set<String> SUMS =
      Set.of("quantity", "charged", "reimbursed", "out_of_pocket");
  private static final Set<String> RATES =
      Set.of("reimbursed_per_inhabitant", "out_of_pocket_per_inhabitant");
  private static final List<String> MEASURES =
      Stream.of(SUMS, RATES, Set.of("reimbursement_rate", "excess_rate"))
          .flatMap(Set::stream)
          .sorted()
          .toList();

  private final Set<String> engines = new ConcurrentSkipListSet<>();
  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger oneSided = new AtomicInteger();
  private final AtomicInteger suppressed = new AtomicInteger();
  private final AtomicInteger notPublished = new AtomicInteger();
  private final AtomicInteger totalsOfEarlier = new AtomicInteger();

  /**
   * A question.
   *
   * @param period the level in the grouping; blank if the months are one period
   */
  private record Asked(
      String period,
      List<String> levels,
      List<String> months,
      String totals,
      String filter,
      List<String> measures,
      String limit) {
    List<String> groupBy() {
      List<String> all = new ArrayList<>(levels);
      if (!period.isEmpty()) {
        all.add(period);
      }
      return all;
    }

    int monthsEarlier() {
      return switch (period) {
        case "month" -> 1;
        case "quarter" -> 3;
        default -> months.size();
      };
    }

    String parameters(List<String> ofMonths) {
      return "labels=id&format=csv&group_by=%s&totals=%s&month=%s%s"
          .formatted(String.join(",", groupBy()), totals, String.join(",", ofMonths), filter);
    }

    /** The code of the period of a month in the answer. */
    String code(String month) {
      return switch (period) {
        case "month" -> month;
        case "quarter" ->
            month.substring(0, 4) + "-Q" + (YearMonth.parse(month).getMonthValue() + 2) / 3;
        default -> "";
      };
    }
  }

  @Test
  void bothPeriodsAreWhatTheyAreAlone() {
    BlockTable table =
        BlockTable.read(
            ConfigProvider.getConfig().getValue(RolledUpMonths.BLOCKS_URL, String.class));
    Random random = new Random(SEED);
    SideBySide.check(
        Stream.concat(
                IntStream.range(0, QUESTIONS).mapToObj(i -> draw(table, random)),
                IntStream.range(0, GAPS).mapToObj(i -> drawWithGap(random)))
            .toList(),
        this::check);
    assertThat(engines).containsExactly("columns", "rollups");
    assertThat(compared).hasValueGreaterThan(600);
    assertThat(oneSided).hasValueGreaterThan(20);
    assertThat(suppressed).hasValueGreaterThan(5);
    assertThat(notPublished).hasValueGreaterThan(50);
    assertThat(totalsOfEarlier).hasValueGreaterThan(5);
  }

  private static Asked draw(BlockTable table, Random random) {
    boolean isNarrow = random.nextInt(3) == 0;
    String period = List.of("month", "quarter", "").get(random.nextInt(3));
    List<String> months =
        switch (period) {
          case "month" -> Draws.some(PUBLISHED, 1 + random.nextInt(4), random);
          case "quarter" ->
              List.of(List.of("2024-02"), List.of("2023-12", "2024-02"), PUBLISHED)
                  .get(random.nextInt(3));
          default ->
              List.of(List.of("2024-02"), List.of("2024-01", "2024-02"), List.of("2023-11"))
                  .get(random.nextInt(3));
        };
    return new Asked(
        period,
        Draws.some(
            LEVELS.stream().filter(level -> !isNarrow || !level.equals("sex")).toList(),
            random.nextInt(4),
            random),
        months.stream().sorted().toList(),
        List.of("none", "grand", "rollup").get(random.nextInt(3)),
        isNarrow
            ? fewActs(table, random)
            : List.of("", "&region=11,84", "&sex=!1", "&insurance=10").get(random.nextInt(4)),
        Draws.some(MEASURES, 1 + random.nextInt(3), random),
        random.nextBoolean() ? "" : "&limit=10000");
  }

  /** Months of which one is not compared, so that totals are not; rare groups are in few months. */
  private static Asked drawWithGap(Random random) {
    return new Asked(
        "month",
        Draws.some(LEVELS, 2 + random.nextInt(2), random),
        List.of("2023-11", "2024-01", "2024-02"),
        "rollup",
        "",
        Draws.some(MEASURES, 1 + random.nextInt(3), random),
        "&limit=10000");
  }

  private static String fewActs(BlockTable table, Random random) {
    List<String> releases = table.releases();
    return table.fewActs(releases.get(releases.size() - 1), random).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(filter -> "&" + filter.getKey().id() + "=" + String.join(",", filter.getValue()))
        .collect(Collectors.joining());
  }

  private void check(Asked asked) {
    String ofMeasures = "&measures=" + String.join(",", asked.measures());
    Map<String, List<String>> missing = missing(asked);
    List<String> then =
        asked.months().stream()
            .filter(month -> !missing.containsKey(asked.code(month)))
            .map(month -> earlier(asked, month))
            .toList();
    String question =
        asked.parameters(months(asked)) + ofMeasures + asked.limit() + "&compare=previous_period";
    engines.add(
        given()
            .urlEncodingEnabled(false)
            .get("/v1/aggregates?dry_run=true&" + question)
            .path("engine"));
    Map<String, Map<String, String>> both = rows(question, asked, 0);
    Map<String, Map<String, String>> first =
        rows(asked.parameters(asked.months()) + ofMeasures, asked, 0);
    Map<String, Map<String, String>> second =
        then.isEmpty()
            ? Map.of()
            : rows(asked.parameters(then) + ofMeasures, asked, asked.monthsEarlier());
    Set<String> keys = new TreeSet<>(first.keySet());
    // Also the totals of groups that only the earlier period has: they are not compared where a
    // period is not, but the rows below them are there.
    keys.addAll(second.keySet());
    assertThat(new TreeSet<>(both.keySet())).as(question).isEqualTo(keys);
    for (String key : keys) {
      boolean isPublished = !isMissing(key, asked, missing);
      if (!isPublished && !first.containsKey(key)) {
        totalsOfEarlier.incrementAndGet();
      }
      check(question + " " + key, both.get(key), first.get(key), second.get(key), isPublished);
    }
  }

  /** Without a period in the grouping, the months are given as one range. */
  private static List<String> months(Asked asked) {
    List<String> months = asked.months();
    return asked.period().isEmpty()
        ? List.of(months.get(0) + ".." + months.get(months.size() - 1))
        : months;
  }

  /** By period: its earlier months that are not published. */
  private static Map<String, List<String>> missing(Asked asked) {
    Map<String, List<String>> missing =
        asked.months().stream()
            .collect(
                Collectors.groupingBy(
                    asked::code,
                    Collectors.mapping(
                        month -> earlier(asked, month),
                        Collectors.filtering(
                            month -> !PUBLISHED.contains(month), Collectors.toList()))));
    missing.values().removeIf(List::isEmpty);
    return missing;
  }

  private static String earlier(Asked asked, String month) {
    return YearMonth.parse(month).minusMonths(asked.monthsEarlier()).toString();
  }

  private static boolean isMissing(String key, Asked asked, Map<String, List<String>> missing) {
    String code = asked.period().isEmpty() ? "" : key.substring(key.lastIndexOf('|') + 1);
    return code.equals("_T") ? !missing.isEmpty() : missing.containsKey(code);
  }

  /** Rows by their codes, the period last and some months later. */
  private static Map<String, Map<String, String>> rows(
      String question, Asked asked, int monthsLater) {
    Response response = given().urlEncodingEnabled(false).get("/v1/aggregates?" + question);
    assertThat(response.statusCode()).as(question + response.asString()).isEqualTo(200);
    List<String> lines = response.asString().lines().toList();
    List<String> names = List.of(lines.get(0).split(","));
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(names.get(i), cells[i]);
      }
      List<String> codes = new ArrayList<>();
      asked.levels().forEach(level -> codes.add(row.get(level)));
      if (!asked.period().isEmpty()) {
        codes.add(later(row.get(asked.period()), asked, monthsLater));
      }
      assertThat(rows.put(String.join("|", codes), row)).as(question).isNull();
    }
    return rows;
  }

  private static String later(String code, Asked asked, int months) {
    if (code.equals("_T") || months == 0) {
      return code;
    }
    YearMonth first =
        asked.period().equals("month")
            ? YearMonth.parse(code)
            : YearMonth.of(
                Integer.parseInt(code.substring(0, 4)),
                3 * Integer.parseInt(code.substring(6)) - 2);
    return asked.code(first.plusMonths(months).toString());
  }

  private void check(
      String what,
      Map<String, String> both,
      Map<String, String> first,
      Map<String, String> second,
      boolean isPublished) {
    Map<String, String> one = first == null ? nothing(both, second) : first;
    Map<String, String> other = second == null ? nothing(both, first) : second;
    assertThat(both.get("status")).as(what).isEqualTo(one.get("status"));
    assertThat(both.get("compared_status"))
        .as(what)
        .isEqualTo(isPublished ? other.get("status") : "not_published");
    for (String measure : MEASURES) {
      if (both.containsKey(measure)) {
        String now = one.get(measure);
        String then = isPublished ? other.get(measure) : "";
        String change =
            now.isEmpty() || then.isEmpty()
                ? ""
                : new BigDecimal(now).subtract(new BigDecimal(then)).toPlainString();
        assertThat(both.get(measure)).as(what).isEqualTo(now);
        assertThat(both.get(measure + "_compared")).as(what).isEqualTo(then);
        assertThat(both.get(measure + "_change")).as(what).isEqualTo(change);
        assertThat(both.get(measure + "_change_rate")).as(what).isEqualTo(rate(change, then));
      }
    }
    count(one, other, first == null || second == null, isPublished);
  }

  private static String rate(String change, String then) {
    return change.isEmpty() || new BigDecimal(then).signum() <= 0
        ? ""
        : new BigDecimal(change)
            .divide(new BigDecimal(then), 6, RoundingMode.HALF_UP)
            .toPlainString();
  }

  /** A period without figures: sums are zero, and so are rates of known people. */
  private static Map<String, String> nothing(
      Map<String, String> both, Map<String, String> otherPeriod) {
    // Whether people are known does not depend on the period; a suppressed row does not tell it.
    String known =
        otherPeriod.get("status").equals("suppressed")
            ? both.get(both.get("status").equals("suppressed") ? "compared_status" : "status")
            : otherPeriod.get("status");
    Map<String, String> row = new LinkedHashMap<>();
    row.put("status", known);
    for (String measure : MEASURES) {
      boolean isZero = SUMS.contains(measure) || (RATES.contains(measure) && known.equals("ok"));
      String zero = measure.equals("quantity") ? "0" : "0.00";
      row.put(measure, isZero ? zero : "");
    }
    return row;
  }

  private void count(
      Map<String, String> one, Map<String, String> other, boolean isOneSided, boolean isPublished) {
    if (!isPublished) {
      notPublished.incrementAndGet();
    } else if (Collections.frequency(List.of(one.get("status"), other.get("status")), "suppressed")
        > 0) {
      suppressed.incrementAndGet();
    } else if (isOneSided) {
      oneSided.incrementAndGet();
    } else {
      compared.incrementAndGet();
    }
  }
}
