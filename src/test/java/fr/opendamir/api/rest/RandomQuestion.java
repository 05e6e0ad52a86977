package fr.opendamir.api.rest;

import fr.opendamir.api.rest.BlockTable.Block;
import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A question drawn from what the blocks hold, as a test states it.
 *
 * @param filters codes by level
 * @param excluded the levels whose filters exclude
 * @param sort as the parameter writes it
 */
record RandomQuestion(
    List<Level> groupBy,
    List<String> measures,
    Map<Level, Set<String>> filters,
    Set<Level> excluded,
    String firstMonth,
    String lastMonth,
    List<Condition> having,
    List<String> sort,
    String totals,
    String release) {

  /** A condition on the figures of a row. */
  record Condition(String measure, String operator, BigDecimal value) {
    boolean accepts(int comparison) {
      return switch (operator) {
        case "ge" -> comparison >= 0;
        case "gt" -> comparison > 0;
        case "le" -> comparison <= 0;
        default -> comparison < 0;
      };
    }
  }

  private static final List<String> MEASURES =
      List.of(
          "quantity",
          "charged",
          "reimbursed",
          "excess_fees",
          "reimbursement_base",
          "reimbursed_all",
          "out_of_pocket",
          "not_covered",
          "reimbursement_rate",
          "excess_rate");

  /** Few distinct codes in the fixture, and those that all questions have in common. */
  static RandomQuestion draw(Random random, BlockTable table) {
    String release = table.releases().get(random.nextInt(table.releases().size()));
    List<Block> blocks = table.blocks(release);
    List<Level> groupBy = some(List.of(Level.values()), random.nextInt(6), random);
    Map<Level, Set<String>> filters = new TreeMap<>();
    Set<Level> excluded = new TreeSet<>();
    for (Level level : some(filterLevels(), random.nextInt(3), random)) {
      Set<String> codes = new TreeSet<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        codes.add(blocks.get(random.nextInt(blocks.size())).codes().get(level));
      }
      filters.put(level, codes);
      if (random.nextInt(3) == 0) {
        excluded.add(level);
      }
    }
    List<String> months =
        blocks.stream()
            .map(b -> b.codes().get(Level.MONTH_OF_PROCESSING))
            .distinct()
            .sorted()
            .toList();
    int first = random.nextInt(months.size());
    int last = first + random.nextInt(months.size() - first);
    RandomQuestion asked =
        new RandomQuestion(
            groupBy,
            List.of(),
            filters,
            excluded,
            random.nextBoolean() ? months.get(0) : months.get(first),
            random.nextBoolean() ? months.get(months.size() - 1) : months.get(last),
            List.of(),
            List.of(),
            List.of("none", "none", "grand", "rollup").get(random.nextInt(4)),
            release);
    return asked.withFigures(random);
  }

  private RandomQuestion withFigures(Random random) {
    List<String> possible = new ArrayList<>(MEASURES);
    if (groupBy.contains(Level.SERVICE_CODE) || isOfOneService()) {
      possible.addAll(List.of("average_charge", "average_reimbursed"));
    }
    List<String> asked = some(possible, 1 + random.nextInt(4), random);
    List<Condition> conditions = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      String measure = asked.get(0);
      BigDecimal value =
          measure.endsWith("rate")
              ? BigDecimal.valueOf(random.nextInt(800_000), 6)
              : BigDecimal.valueOf(random.nextInt(40_000_000), 2);
      conditions.add(
          new Condition(measure, List.of("ge", "gt", "le", "lt").get(random.nextInt(4)), value));
    }
    List<String> keys = new ArrayList<>(asked);
    groupBy.forEach(level -> keys.add(level.id()));
    List<String> ordered =
        some(keys, Math.min(keys.size(), random.nextInt(3)), random).stream()
            .map(key -> random.nextBoolean() ? "-" + key : key)
            .toList();
    return new RandomQuestion(
        groupBy,
        asked,
        filters,
        excluded,
        firstMonth,
        lastMonth,
        conditions,
        ordered,
        totals,
        release);
  }

  boolean isOfOneService() {
    return filters.getOrDefault(Level.SERVICE_CODE, Set.of()).size() == 1
        && !excluded.contains(Level.SERVICE_CODE);
  }

  /** Whether a block is among those that are asked for. */
  boolean isAbout(Block block) {
    String month = block.codes().get(Level.MONTH_OF_PROCESSING);
    return month.compareTo(firstMonth) >= 0
        && month.compareTo(lastMonth) <= 0
        && filters.entrySet().stream()
            .allMatch(
                filter ->
                    filter.getValue().contains(block.codes().get(filter.getKey()))
                        != excluded.contains(filter.getKey()));
  }

  /** As an address has it. */
  String parameters() {
    List<String> parameters = new ArrayList<>();
    if (!groupBy.isEmpty()) {
      parameters.add(
          "group_by=" + groupBy.stream().map(Level::id).collect(Collectors.joining(",")));
    }
    parameters.add("measures=" + String.join(",", measures));
    filters.forEach(
        (level, codes) ->
            parameters.add(
                level.id()
                    + "="
                    + (excluded.contains(level) ? "!" : "")
                    + String.join(",", codes)));
    parameters.add("month=" + firstMonth + ".." + lastMonth);
    having.forEach(
        one ->
            parameters.add(
                "having="
                    + one.measure()
                    + ":"
                    + one.operator()
                    + ":"
                    + one.value().toPlainString()));
    if (!sort.isEmpty()) {
      parameters.add("sort=" + String.join(",", sort));
    }
    parameters.add("totals=" + totals);
    parameters.add("release=" + release);
    return String.join("&", parameters);
  }

  private static List<Level> filterLevels() {
    return List.of(
        Level.REGION,
        Level.AGE_BAND,
        Level.SEX,
        Level.SERVICE_CODE,
        Level.SERVICE_GROUP,
        Level.SERVICE_KIND,
        Level.PROVIDER_SPECIALTY,
        Level.EXEMPTION_REASON,
        Level.EXEMPTION_GROUP,
        Level.INSURANCE);
  }

  private static <T> List<T> some(List<T> all, int count, Random random) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }
}
