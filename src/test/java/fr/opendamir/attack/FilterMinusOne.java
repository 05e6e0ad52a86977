package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Asks for a set of codes and for the same set without one of them.
 *
 * <p>Both sums are large and shown by a threshold at question time; their difference is the small
 * cell. The set is a random half of the codes, or everything against an exclusion, or half of the
 * codes of two dimensions at once (sum of both sets, minus each without its code, plus both
 * without).
 */
final class FilterMinusOne implements Attack {
  private static final long SEED = 41;
  private static final int PAIRS = 480;
  private static final List<String> NOTHING = List.of();

  @Override
  public String name() {
    return "Filter minus one code";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    List<List<String>> tables = new ArrayList<>(Tables.TWO);
    tables.addAll(Tables.THREE);
    List<TrueCell> cells = new ArrayList<>(Tables.smallCells(truth, tables));
    Random random = new Random(SEED);
    Collections.shuffle(cells, random);
    Score score = new Score(name(), client);
    for (int i = 0; i < Math.min(PAIRS, cells.size()); i++) {
      Target target = new Target(client, truth, cells.get(i), random);
      Optional<BigDecimal> difference =
          switch (i % 4) {
            case 0 -> target.byExclusion();
            case 1 -> target.ofTwoSets();
            default -> target.ofOneSet();
          };
      score.cell(
          cells.get(i),
          difference.map(value -> OptionalLong.of(value.longValue())).orElse(OptionalLong.empty()));
    }
    return score.result();
  }

  /** One cell and the dimensions that are played with. */
  private static final class Target {
    private final AttackClient client;
    private final Truth truth;
    private final TrueCell cell;
    private final Random random;
    private final List<String> dimensions;

    Target(AttackClient client, Truth truth, TrueCell cell, Random random) {
      this.client = client;
      this.truth = truth;
      this.cell = cell;
      this.random = random;
      this.dimensions = new ArrayList<>(cell.dimensions());
      Collections.shuffle(dimensions, random);
    }

    Optional<BigDecimal> byExclusion() {
      String dimension = dimensions.get(0);
      Question all = fixed(1);
      return difference(ask(all), ask(all.without(dimension, cell.code(dimension))));
    }

    Optional<BigDecimal> ofOneSet() {
      String dimension = dimensions.get(0);
      List<String> set = halfOfTheOthers(dimension);
      return difference(
          ask(fixed(1).where(dimension, and(set, dimension))), sum(fixed(1), dimension, set));
    }

    Optional<BigDecimal> ofTwoSets() {
      String one = dimensions.get(0);
      String two = dimensions.get(1);
      List<String> ones = halfOfTheOthers(one);
      List<String> twos = halfOfTheOthers(two);
      Question both = fixed(2).where(two, and(twos, two));
      Question withoutTwo = twos.isEmpty() ? null : fixed(2).where(two, twos);
      Optional<BigDecimal> large =
          difference(ask(both.where(one, and(ones, one))), sum(both, one, ones));
      Optional<BigDecimal> small =
          withoutTwo == null
              ? Optional.of(BigDecimal.ZERO)
              : difference(ask(withoutTwo.where(one, and(ones, one))), sum(withoutTwo, one, ones));
      return difference(large, small);
    }

    private Question fixed(int free) {
      Question question = Question.total();
      for (String dimension : dimensions.subList(free, dimensions.size())) {
        question = question.where(dimension, cell.code(dimension));
      }
      return question;
    }

    private Optional<BigDecimal> sum(Question question, String dimension, List<String> set) {
      return set.equals(NOTHING)
          ? Optional.of(BigDecimal.ZERO)
          : ask(question.where(dimension, set));
    }

    private Optional<BigDecimal> ask(Question question) {
      return client.ask(question).single("quantity");
    }

    private List<String> halfOfTheOthers(String dimension) {
      List<String> codes = new ArrayList<>(truth.codes(dimension));
      codes.remove(cell.code(dimension));
      return codes.stream().filter(code -> random.nextBoolean()).toList();
    }

    private List<String> and(List<String> codes, String dimension) {
      List<String> more = new ArrayList<>(codes);
      more.add(cell.code(dimension));
      return more;
    }

    private static Optional<BigDecimal> difference(
        Optional<BigDecimal> minuend, Optional<BigDecimal> subtrahend) {
      return minuend.flatMap(from -> subtrahend.map(from::subtract));
    }
  }
}
