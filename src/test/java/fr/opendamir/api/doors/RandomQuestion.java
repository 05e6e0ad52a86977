package fr.opendamir.api.doors;

import fr.opendamir.api.doors.BlockTable.Block;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question drawn from what the blocks hold, as a test states it.
 *
 * @param filters codes by level, of other dimensions than the month
 * @param excluded the levels whose filters exclude
 * @param last at most so many months of the release, the newest
 * @param newest the newest months of the release, those of {@code last}
 * @param sort as the parameter writes it
 * @param fill as the parameter writes it, or none
 */
record RandomQuestion(
    List<Level> groupBy,
    List<String> measures,
    Map<Level, Set<String>> filters,
    Set<Level> excluded,
    List<PeriodCondition> periods,
    OptionalInt last,
    Set<String> newest,
    List<Condition> having,
    List<String> sort,
    String totals,
    String fill,
    String release) {

  /** More rows than there are blocks take long to read in every format. */
  private static final int MOST_FILLED_LEVELS = 3;

  /** A condition on months, quarters or years: a list, or else a range that may be open. */
  record PeriodCondition(
      Level level,
      List<String> listed,
      boolean isExclusion,
      Optional<String> from,
      Optional<String> to) {
    boolean accepts(String period) {
      return listed.isEmpty()
          ? from.map(first -> first.compareTo(period) <= 0).orElse(true)
              && to.map(last -> last.compareTo(period) >= 0).orElse(true)
          : listed.contains(period) != isExclusion;
    }

    private String parameter() {
      return level.id()
          + "="
          + (listed.isEmpty()
              ? from.orElse("") + ".." + to.orElse("")
              : (isExclusion ? "!" : "") + String.join(",", listed));
    }
  }

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
    RandomQuestion drawn = drawAny(random, table);
    while (!drawn.isConsistent(table.blocks(drawn.release()))) {
      drawn = drawAny(random, table);
    }
    return drawn;
  }

  /** Conditions on one dimension that no block meets contradict each other, and are refused. */
  private boolean isConsistent(List<Block> blocks) {
    return Stream.of(Dimension.values())
        .allMatch(dimension -> blocks.stream().anyMatch(block -> isMetOn(dimension, block)));
  }

  private boolean isMetOn(Dimension dimension, Block block) {
    boolean isInTime =
        newest.contains(block.codes().get(Level.MONTH_OF_PROCESSING))
            && periods.stream().allMatch(one -> one.accepts(block.codes().get(one.level())));
    return dimension == Dimension.MONTH
        ? isInTime
        : Level.of(dimension).stream()
            .filter(filters::containsKey)
            .allMatch(
                level ->
                    filters.get(level).contains(block.codes().get(level))
                        != excluded.contains(level));
  }

  private static RandomQuestion drawAny(Random random, BlockTable table) {
    String release = table.releases().get(random.nextInt(table.releases().size()));
    List<Block> blocks = table.blocks(release);
    boolean isNarrow = random.nextInt(4) == 0;
    List<Level> groupBy =
        some(
            Stream.of(Level.values()).filter(level -> !isNarrow || level != Level.SEX).toList(),
            random.nextInt(7),
            random);
    Map<Level, Set<String>> filters = new TreeMap<>();
    Set<Level> excluded = new TreeSet<>();
    if (isNarrow) {
      filters.putAll(table.fewActs(release, random));
    }
    for (Level level : some(filterLevels(), isNarrow ? 0 : random.nextInt(3), random)) {
      Set<String> codes = new TreeSet<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        codes.add(blocks.get(random.nextInt(blocks.size())).codes().get(level));
      }
      filters.put(level, codes);
      if (random.nextInt(3) == 0) {
        excluded.add(level);
      }
    }
    List<String> months = table.codes(release, Level.MONTH_OF_PROCESSING);
    OptionalInt last =
        random.nextInt(6) == 0
            ? OptionalInt.of(1 + random.nextInt(months.size() + 1))
            : OptionalInt.empty();
    int skipped = Math.max(0, months.size() - last.orElse(months.size()));
    RandomQuestion asked =
        new RandomQuestion(
            groupBy,
            List.of(),
            filters,
            excluded,
            conditions(random, table, release),
            last,
            Set.copyOf(months.subList(skipped, months.size())),
            List.of(),
            List.of(),
            List.of("none", "none", "grand", "rollup").get(random.nextInt(4)),
            canBeFilled(groupBy) ? List.of("none", "null", "zero").get(random.nextInt(3)) : "none",
            release);
    return asked.withFigures(random);
  }

  private static boolean canBeFilled(List<Level> groupBy) {
    return groupBy.size() <= MOST_FILLED_LEVELS
        && groupBy.stream().filter(RandomQuestion::isPeriod).count() == 1;
  }

  private static boolean isPeriod(Level level) {
    return level.dimension() == Dimension.MONTH || level.isCarePeriod();
  }

  /** The level whose periods are filled. */
  Optional<Level> filledPeriod() {
    return groupBy.stream().filter(level -> !fill.equals("none") && isPeriod(level)).findFirst();
  }

  /**
   * The periods that the months asked for may hold, whether any block has them or not.
   *
   * @param blocks of the release
   */
  Set<String> periods(Level level, List<Block> blocks) {
    Set<String> found = new TreeSet<>();
    // Blocks of one month have the same periods.
    Map<String, Block> oneByMonth = new TreeMap<>();
    blocks.forEach(
        block -> oneByMonth.putIfAbsent(block.codes().get(Level.MONTH_OF_PROCESSING), block));
    for (Block block : oneByMonth.values()) {
      if (isMetOn(Dimension.MONTH, block)) {
        if (level.isCarePeriod()) {
          block
              .withEveryLag()
              .filter(one -> isMetOn(Dimension.CARE_LAG, one))
              .forEach(one -> found.add(one.codes().get(level)));
        } else {
          found.add(block.codes().get(level));
        }
      }
    }
    found.remove("older");
    return found;
  }

  private static List<PeriodCondition> conditions(Random random, BlockTable table, String release) {
    List<PeriodCondition> conditions = new ArrayList<>();
    for (Level level : Level.of(Dimension.MONTH)) {
      List<String> all = table.codes(release, level);
      int first = random.nextInt(all.size());
      int last = first + random.nextInt(all.size() - first);
      Optional<String> from = Optional.of(all.get(first)).filter(one -> random.nextBoolean());
      Optional<String> to = Optional.of(all.get(last)).filter(one -> random.nextBoolean());
      int kind = random.nextInt(level == Level.MONTH_OF_PROCESSING ? 5 : 12);
      if (kind == 0) {
        List<String> listed = some(all, 1 + random.nextInt(all.size()), random);
        boolean isExclusion = listed.size() < all.size() && random.nextBoolean();
        conditions.add(
            new PeriodCondition(level, listed, isExclusion, Optional.empty(), Optional.empty()));
      } else if (kind <= 2 && (from.isPresent() || to.isPresent())) {
        conditions.add(new PeriodCondition(level, List.of(), false, from, to));
      }
    }
    return conditions;
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
        periods,
        last,
        newest,
        conditions,
        ordered,
        totals,
        fill,
        release);
  }

  boolean isOfOneService() {
    return filters.getOrDefault(Level.SERVICE_CODE, Set.of()).size() == 1
        && !excluded.contains(Level.SERVICE_CODE);
  }

  /** Whether a block is among those that are asked for. */
  boolean isAbout(Block block) {
    if (!newest.contains(block.codes().get(Level.MONTH_OF_PROCESSING))) {
      return false;
    }
    for (PeriodCondition one : periods) {
      if (!one.accepts(block.codes().get(one.level()))) {
        return false;
      }
    }
    for (Map.Entry<Level, Set<String>> filter : filters.entrySet()) {
      Level level = filter.getKey();
      if (filter.getValue().contains(block.codes().get(level)) == excluded.contains(level)) {
        return false;
      }
    }
    return true;
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
    periods.forEach(one -> parameters.add(one.parameter()));
    last.ifPresent(months -> parameters.add("last=" + months));
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
    if (!fill.equals("none")) {
      parameters.add("fill=" + fill);
    }
    parameters.add("release=" + release);
    return String.join("&", parameters);
  }

  private static List<Level> filterLevels() {
    return Stream.of(Level.values()).filter(level -> level.dimension() != Dimension.MONTH).toList();
  }

  private static <T> List<T> some(List<T> all, int count, Random random) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }
}
