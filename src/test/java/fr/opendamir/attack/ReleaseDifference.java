package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Subtracts one release from the next.
 *
 * <p>Each release may be safe by itself: the difference of the two holds only what was revised, and
 * a revision is often one act of one person. Every grouping of up to three dimensions is
 * subtracted, then the finest detail that the interface gives, and the same is asked of the
 * comparison that the service offers itself.
 */
final class ReleaseDifference implements Attack {
  private static final long THRESHOLD = 11;
  private static final List<String> DIMENSIONS =
      List.of(
          "region",
          "age_band",
          "sex",
          "service",
          "provider_specialty",
          "exemption",
          "complementary_cover");
  private static final int MOST_GROUPED = 3;

  /** Six of them at a time can be grouped by, the seventh filtered on. */
  private static final String FILTERED = "sex";

  private final RevisedMonth month;

  ReleaseDifference(RevisedMonth month) {
    this.month = month;
  }

  @Override
  public String name() {
    return "Difference between releases";
  }

  /**
   * Tries it.
   *
   * @throws IllegalStateException when a total of a release is not exact: protection by wrong
   *     figures is none
   */
  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    List<String> releases = client.releases();
    if (releases.size() < 2) {
      throw new IllegalStateException("two releases must be served, not " + releases);
    }
    String later = releases.get(0);
    String earlier = releases.get(1);
    requireExact(client, earlier, month.first());
    requireExact(client, later, month.second());
    Score score = new Score(name(), client).claimingCertainty();
    for (List<String> levels : groupings()) {
      Question question = Question.of(levels);
      Map<List<String>, BigDecimal> subtracted =
          subtract(
              table(client.ask(question.with("release", later)), levels),
              table(client.ask(question.with("release", earlier)), levels));
      judge(score, levels, subtracted, "subtracted ");
      Map<List<String>, BigDecimal> offered =
          table(client.askDifference(earlier, later, question), levels);
      judge(score, levels, offered, "offered ");
    }
    finest(client, earlier, later, score);
    return score.result();
  }

  private void finest(AttackClient client, String earlier, String later, Score score) {
    List<String> levels = new ArrayList<>(DIMENSIONS);
    levels.remove(FILTERED);
    List<String> all = new ArrayList<>(levels);
    all.add(FILTERED);
    for (String code : month.second().codes(FILTERED)) {
      Question question = Question.of(levels).where(FILTERED, code);
      Map<List<String>, BigDecimal> subtracted =
          subtract(
              table(client.ask(question.with("release", later)), levels),
              table(client.ask(question.with("release", earlier)), levels));
      judge(score, all, withCode(subtracted, code), "subtracted ");
      judge(
          score,
          all,
          withCode(table(client.askDifference(earlier, later, question), levels), code),
          "offered ");
    }
  }

  private void judge(
      Score score, List<String> levels, Map<List<String>, BigDecimal> observed, String how) {
    Map<List<String>, Long> net = month.changes().quantities(levels);
    Map<List<String>, Long> gross = month.grossChanges(levels);
    for (Map.Entry<List<String>, Long> cell : gross.entrySet()) {
      if (cell.getValue() < THRESHOLD) {
        BigDecimal change = observed.getOrDefault(cell.getKey(), BigDecimal.ZERO);
        boolean found =
            change.signum() != 0
                && change.compareTo(BigDecimal.valueOf(net.get(cell.getKey()))) == 0;
        score.comparison(found, how + levels + " " + cell.getKey() + " changed by " + change);
      }
    }
  }

  private static void requireExact(AttackClient client, String release, Truth truth) {
    Answer answer =
        client.ask(
            Question.total()
                .measures("quantity", "charged", "reimbursed")
                .with("release", release));
    requireSame(answer, "quantity", truth.total(line -> BigDecimal.valueOf(line.quantity())));
    requireSame(answer, "charged", truth.total(TrueLine::charged));
    requireSame(answer, "reimbursed", truth.total(TrueLine::reimbursed));
  }

  private static void requireSame(Answer answer, String measure, BigDecimal expected) {
    BigDecimal found = answer.single(measure).orElseThrow();
    if (found.compareTo(expected) != 0) {
      throw new IllegalStateException(measure + " is " + found + ", the file has " + expected);
    }
  }

  /** Cells that are hidden are left out: nothing can be subtracted from them. */
  private static Map<List<String>, BigDecimal> table(Answer answer, List<String> levels) {
    return new PublishedTable(answer, levels, "quantity").shown();
  }

  private static Map<List<String>, BigDecimal> subtract(
      Map<List<String>, BigDecimal> later, Map<List<String>, BigDecimal> earlier) {
    Set<List<String>> cells = new HashSet<>(later.keySet());
    cells.addAll(earlier.keySet());
    Map<List<String>, BigDecimal> difference = new HashMap<>();
    for (List<String> cell : cells) {
      difference.put(
          cell,
          later
              .getOrDefault(cell, BigDecimal.ZERO)
              .subtract(earlier.getOrDefault(cell, BigDecimal.ZERO)));
    }
    return difference;
  }

  private static Map<List<String>, BigDecimal> withCode(
      Map<List<String>, BigDecimal> table, String code) {
    Map<List<String>, BigDecimal> longer = new HashMap<>();
    table.forEach(
        (key, value) -> {
          List<String> keyAndCode = new ArrayList<>(key);
          keyAndCode.add(code);
          longer.put(keyAndCode, value);
        });
    return longer;
  }

  /** Every choice of one to three dimensions. */
  private static List<List<String>> groupings() {
    List<List<String>> groupings = new ArrayList<>();
    for (int chosen = 1; chosen < 1 << DIMENSIONS.size(); chosen++) {
      if (Integer.bitCount(chosen) <= MOST_GROUPED) {
        List<String> grouping = new ArrayList<>();
        for (int i = 0; i < DIMENSIONS.size(); i++) {
          if ((chosen >> i & 1) == 1) {
            grouping.add(DIMENSIONS.get(i));
          }
        }
        groupings.add(grouping);
      }
    }
    return groupings;
  }
}
