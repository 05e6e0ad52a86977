package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rule on parts, as SQL. A reader who knows the algorithm knows that each part of a block, an
 * atom or a group of an earlier recoding, has fewer contributors than the threshold. If the block
 * has nearly the maximum for its number of parts, each part is revealed: twenty contributors in two
 * parts are ten and ten. At most {@code 10 × parts − 4} contributors are accepted under the
 * built-in policy; a group above that is crowded and is held back.
 *
 * <p>The parts are the fewest groups, known to be below the threshold, that cover the atoms. Their
 * number is at least {@code Σ over atoms of 1 ÷ (atoms in the largest such group of the atom)},
 * because a group of n atoms contributes at most one to that sum. Atoms without acts are no parts:
 * they do not add to the number of contributors. A group that was held back is not known to be
 * below the threshold, so its atoms count one by one.
 *
 * <p>The contributors are compared before they are limited to a multiple of the largest service:
 * the limit hides acts that the block shows.
 *
 * <p>Atoms that are large themselves have no maximum. A block with such atoms must have enough
 * contributors for its small atoms to have any number: the threshold for each large one, and one
 * part's maximum.
 */
final class PartsRule {
  private final long threshold;
  private final long mostOfAPart;
  private final long room;

  /**
   * Renders the rule for a policy.
   *
   * @param leastUncertainty how many counts of contributors must remain possible for a part
   */
  PartsRule(ContributorWeights weights, int leastUncertainty) {
    this.threshold = weights.threshold();
    // Units of a part that is just below the threshold.
    this.mostOfAPart = threshold - weights.unitsPerPerson();
    // Units by which a block must stay below its maximum.
    this.room = weights.unitsPerPerson() * (leastUncertainty - 1);
  }

  /**
   * Creates the table {@code near} of the atoms of candidates that may be crowded: those above the
   * limit for two parts, the smallest one. Most candidates are below it and are not examined.
   *
   * @param recodings the keys of the earlier recodings
   */
  String near(List<List<String>> recodings) {
    return """
    -- name: atoms of groups that may be crowded
    CREATE TABLE near AS
    SELECT candidate, any_value(b.uncapped) AS units, a.atom, bool_or(a.large) AS large%s
    FROM member a JOIN safe b USING (candidate)
    WHERE b.uncapped > 2 * %d - %d OR b.large
    GROUP BY candidate, a.atom HAVING sum(a.acts) <> 0 OR bool_or(a.large)
    """
        .formatted(
            IntStream.range(0, recodings.size())
                .mapToObj(i -> ", any_value(%s) AS group_%d".formatted(group(recodings, i), i))
                .collect(joining()),
            mostOfAPart,
            room);
  }

  /** Selects the crowded candidates from {@code near}. */
  String crowded(int recodings) {
    List<String> sizes =
        groups(recodings)
            .map(
                g ->
                    "CASE WHEN %s IS NULL THEN 1 ELSE count(*) OVER (PARTITION BY candidate, %s) END"
                        .formatted(g, g))
            .toList();
    return """
    SELECT candidate FROM (
      SELECT candidate, units, count(*) FILTER (large) AS larges,
        ceil(coalesce(sum(1 / size) FILTER (NOT large), 0) - 1e-6)::BIGINT AS parts
      FROM (SELECT candidate, units, large, %s AS size FROM near) GROUP BY candidate, units)
    WHERE CASE WHEN larges = 0 THEN units > parts * %d - %d
      ELSE parts > 0 AND units < larges * %d + %d END
    """
        .formatted(
            sizes.isEmpty() ? "1" : "greatest(1, " + String.join(", ", sizes) + ")",
            mostOfAPart,
            room,
            threshold,
            mostOfAPart);
  }

  /**
   * Identifies the group of an atom at a recoding by a hash of its keys; null if the group was held
   * back. A collision joins two parts, which only makes the limit stricter.
   */
  private static String group(List<List<String>> recodings, int i) {
    String keys = recodings.get(i).stream().map(key -> "a." + key).collect(joining(", "));
    return "CASE WHEN a.held_at & %d = 0 THEN %s END"
        .formatted(1L << i, keys.isEmpty() ? "0::UBIGINT" : "hash(" + keys + ")");
  }

  private static Stream<String> groups(int recodings) {
    return IntStream.range(0, recodings).mapToObj(i -> "group_" + i);
  }
}
