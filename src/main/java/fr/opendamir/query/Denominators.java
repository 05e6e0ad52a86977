package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Question;
import fr.opendamir.question.Totals;
import fr.opendamir.reference.Population;
import fr.opendamir.reference.Population.Cell;
import fr.opendamir.reference.StandardWeights;
import fr.opendamir.reference.StandardWeights.Stratum;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the rates of a question are divided by: the population of each cell and total, as a table
 * with the codes of the cells. It has only constants, codes and numbers of the reference tables, so
 * that both engines join the same rows.
 *
 * <p>A cell counts the people that its months, regions, sexes and age groups select; other
 * dimensions select no people. Codes without people (unknown, not disclosed) have no row, and
 * neither has a total that a filter makes of such codes.
 */
final class Denominators {
  private static final String TABLE = "denominators";

  /** The periods that the population follows. */
  static final List<Level> PERIODS = List.of(Level.MONTH_OF_PROCESSING, Level.QUARTER, Level.YEAR);

  private final Question question;
  private final List<YearMonth> months;
  private final Side side;
  private final int monthsEarlier;
  private final Population population;
  private final SelectedPeople selected;
  private final List<Integer> periods;
  private final List<Integer> groups;
  private final List<Stratum> strata;

  /**
   * Prepares the denominators.
   *
   * @param months the months of the answer, of years with a population
   */
  Denominators(Question question, List<YearMonth> months, Population population) {
    this(question, months, population, Side.ASKED, 0);
  }

  private Denominators(
      Question question,
      List<YearMonth> months,
      Population population,
      Side side,
      int monthsEarlier) {
    this.side = side;
    this.monthsEarlier = monthsEarlier;
    this.question = question;
    this.months = List.copyOf(months);
    this.population = population;
    this.selected = SelectedPeople.of(question);
    this.periods = positions(PERIODS::contains);
    this.groups = positions(SelectedPeople::isOfPeople);
    this.strata =
        question.measures().stream().anyMatch(Measure::isStandardised)
            ? StandardWeights.of(question.standard())
            : List.of();
  }

  /** Returns the denominators of a question; empty if it has no rates. */
  static Optional<Denominators> of(
      Question question, List<YearMonth> months, Population population) {
    return question.measures().stream().anyMatch(Measure::isRate)
        ? Optional.of(new Denominators(question, months, population))
        : Optional.empty();
  }

  /** Returns the denominators of the compared months, by the codes of the periods of the answer. */
  static Optional<Denominators> of(
      Question question, ComparedMonths compared, Population population) {
    return question.measures().stream().anyMatch(Measure::isRate)
        ? Optional.of(
            new Denominators(
                question, compared.months(), population, Side.COMPARED, compared.monthsEarlier()))
        : Optional.empty();
  }

  private List<Integer> positions(Predicate<Level> isKey) {
    return IntStream.range(0, question.groupBy().size())
        .filter(i -> isKey.test(question.groupBy().get(i)))
        .boxed()
        .toList();
  }

  /** The years of the answer whose population is provisional. */
  List<Integer> provisionalYears() {
    return months.stream()
        .map(YearMonth::getYear)
        .distinct()
        .filter(population::isProvisional)
        .toList();
  }

  /** Renders the table: a column {@code k<position>} for each code, then the columns of people. */
  String table() {
    List<String> keys = new ArrayList<>();
    periods.forEach(i -> keys.add("t.k" + i));
    groups.forEach(i -> keys.add("p.k" + i));
    String sums =
        people().stream()
            .map(
                name -> "CAST(sum(t.months * p.%s) AS bigint) AS %s".formatted(name, side.of(name)))
            .collect(joining(", "));
    return """
    %s AS (
      SELECT %s%s
      FROM (VALUES %s) t(%s)
      JOIN (VALUES %s) p(%s) ON t.year = p.year%s
    )\
    """
        .formatted(
            side.of(TABLE),
            keys.stream().map(key -> key + ", ").collect(joining()),
            sums,
            periodRows(),
            columns(periods, List.of("year", "months")),
            peopleRows(),
            columns(groups, prepend("year", people())),
            keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
  }

  /** Renders the join with a table of cells. */
  String join(IntFunction<String> code) {
    String keys =
        IntStream.concat(periods.stream().mapToInt(i -> i), groups.stream().mapToInt(i -> i))
            .mapToObj(i -> "%s.k%d = %s".formatted(side.of(TABLE), i, code.apply(i)))
            .collect(joining(" AND "));
    return " LEFT JOIN %s ON ".formatted(side.of(TABLE)) + (keys.isEmpty() ? "true" : keys);
  }

  private List<String> people() {
    List<String> names = new ArrayList<>(List.of("people"));
    IntStream.range(0, strata.size()).forEach(i -> names.add("people_" + i));
    return names;
  }

  private static List<String> prepend(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private static String columns(List<Integer> keys, List<String> others) {
    List<String> columns = new ArrayList<>();
    keys.forEach(i -> columns.add("k" + i));
    columns.addAll(others);
    return String.join(", ", columns);
  }

  /** The number of months by period and year; without months, one row of the year 0. */
  private String periodRows() {
    Map<List<String>, Integer> counts = new TreeMap<>(Denominators::compare);
    for (YearMonth month : months) {
      for (List<String> codes :
          withTotals(
              periods.stream()
                  .map(
                      i ->
                          CarePeriods.period(
                              question.groupBy().get(i), month.plusMonths(monthsEarlier)))
                  .toList())) {
        List<String> key = new ArrayList<>(codes);
        key.add(String.valueOf(month.getYear()));
        counts.merge(key, 1, Integer::sum);
      }
    }
    return counts.isEmpty()
        ? "(" + "'', ".repeat(periods.size()) + "'0', 0)"
        : counts.entrySet().stream()
            .map(entry -> "(" + texts(entry.getKey()) + ", " + entry.getValue() + ")")
            .collect(joining(", "));
  }

  /** Twice the mean population by year and group, in all and by stratum. */
  private String peopleRows() {
    Map<List<String>, long[]> sums = new TreeMap<>(Denominators::compare);
    for (int year : months.stream().map(YearMonth::getYear).distinct().toList()) {
      for (Cell cell : population.cells()) {
        if (selected.contains(cell)) {
          addPeople(sums, year, cell);
        }
      }
    }
    return sums.isEmpty()
        ? noPeople()
        : sums.entrySet().stream()
            .map(
                entry ->
                    "("
                        + texts(entry.getKey())
                        + IntStream.range(0, entry.getValue().length)
                            .mapToObj(i -> ", CAST(" + entry.getValue()[i] + " AS bigint)")
                            .collect(joining())
                        + ")")
            .collect(joining(", "));
  }

  private void addPeople(Map<List<String>, long[]> sums, int year, Cell cell) {
    long people = population.twiceTheMean(year, cell);
    for (List<String> codes :
        withTotals(
            groups.stream()
                .map(i -> SelectedPeople.code(question.groupBy().get(i), cell))
                .toList())) {
      if (isWhole(codes)) {
        List<String> key = new ArrayList<>(codes);
        key.add(String.valueOf(year));
        long[] all = sums.computeIfAbsent(key, any -> new long[1 + strata.size()]);
        all[0] += people;
        for (int i = 0; i < strata.size(); i++) {
          Stratum stratum = strata.get(i);
          if (stratum.sex().equals(cell.sex()) && stratum.ageGroup().equals(cell.ageGroup())) {
            all[1 + i] += people;
          }
        }
      }
    }
  }

  /** Whether a cell or total of these codes has no code without people that a filter selects. */
  private boolean isWhole(List<String> codes) {
    for (Dimension dimension : SelectedPeople.DIMENSIONS) {
      boolean isOneCode =
          IntStream.range(0, groups.size())
              .anyMatch(
                  i ->
                      question.groupBy().get(groups.get(i)).dimension() == dimension
                          && !codes.get(i).equals(ReservedCodes.TOTAL));
      if (!isOneCode && selected.holdsOthers(dimension)) {
        return false;
      }
    }
    return true;
  }

  /** One row of the year 0, so that no cell has a denominator. */
  private String noPeople() {
    return "("
        + "'', ".repeat(groups.size())
        + "'0'"
        + ", CAST(0 AS bigint)".repeat(1 + strata.size())
        + ")";
  }

  /** The codes themselves and, if the question asks for totals, with each of them replaced. */
  private List<List<String>> withTotals(List<String> codes) {
    List<List<String>> all = List.of(List.of());
    for (String code : codes) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> before : all) {
        longer.add(append(before, code));
        if (question.totals() != Totals.NONE) {
          longer.add(append(before, ReservedCodes.TOTAL));
        }
      }
      all = longer;
    }
    return all;
  }

  private static List<String> append(List<String> codes, String code) {
    List<String> longer = new ArrayList<>(codes);
    longer.add(code);
    return longer;
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join("\n", one).compareTo(String.join("\n", other));
  }

  private static String texts(List<String> codes) {
    return codes.stream().map(code -> "'" + code + "'").collect(joining(", "));
  }
}
