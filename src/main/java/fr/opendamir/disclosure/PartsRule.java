package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.stream.IntStream;

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
  private final AtomKey key;
  private final long threshold;
  private final long mostOfAPart;
  private final long room;

  /**
   * Renders the rule for a policy.
   *
   * @param key of the atoms
   * @param leastUncertainty how many counts of contributors must remain possible for a part
   */
  PartsRule(ContributorWeights weights, AtomKey key, int leastUncertainty) {
    this.key = key;
    this.threshold = weights.threshold();
    // Units of a part that is just below the threshold.
    this.mostOfAPart = threshold - weights.unitsPerPerson();
    // Units by which a block must stay below its maximum.
    this.room = weights.unitsPerPerson() * (leastUncertainty - 1);
  }

  /**
   * Creates the table {@code near} of the atoms of candidates that may be crowded: those above the
   * limit for two parts, the smallest one. Most candidates are below it and are not examined.
   */
  String near() {
    return """
    -- name: atoms of groups that may be crowded
    CREATE TABLE near AS
    SELECT candidate, a.atom, any_value(key) AS key, any_value(b.uncapped) AS units,
      bool_or(a.large) AS large, any_value(held_at) AS held_at
    FROM member a JOIN judged b USING (candidate)
    WHERE b.uncapped > 2 * %d - %d OR b.large
    GROUP BY candidate, a.atom HAVING sum(a.acts) <> 0 OR bool_or(a.large)
    """
        .formatted(mostOfAPart, room);
  }

  /**
   * Selects the crowded candidates from {@code near}.
   *
   * @param keys the fields in which the atoms of a candidate agree
   * @param recodings the fields of the earlier recodings
   */
  String crowded(List<String> keys, List<List<String>> recodings) {
    return """
    SELECT candidate FROM (
      SELECT candidate, any_value(units) AS units, count(*) FILTER (large) AS larges,
        ceil(coalesce(sum(1 / size) FILTER (NOT large), 0) - 1e-6)::BIGINT AS parts
      FROM (
        SELECT candidate, any_value(units) AS units, any_value(large) AS large, max(size) AS size
        FROM (SELECT candidate, atom, units, large, 1 AS size FROM near%s) GROUP BY candidate, atom)
      GROUP BY candidate)
    WHERE CASE WHEN larges = 0 THEN units > parts * %d - %d
      ELSE parts > 0 AND units < larges * %d + %d END
    """
        .formatted(
            IntStream.range(0, recodings.size())
                .mapToObj(i -> sizes(keys, recodings, i))
                .collect(joining()),
            mostOfAPart,
            room,
            threshold,
            mostOfAPart);
  }

  /**
   * Renders the sizes of the groups of one recoding inside candidates. Groups that were held back
   * do not count. Of two recodings, one of which only splits the groups of the other, the groups of
   * the other are larger, so that the first one counts for atoms whose groups at the other were
   * held back.
   */
  private String sizes(List<String> keys, List<List<String>> recodings, int i) {
    long coarser =
        IntStream.range(0, recodings.size())
            .filter(
                j -> {
                  boolean isCoarser = allFollow(recodings.get(j), recodings.get(i), keys);
                  return j != i
                      && isCoarser
                      && (j < i || !allFollow(recodings.get(i), recodings.get(j), keys));
                })
            .mapToLong(j -> 1L << j)
            .sum();
    return """

         UNION ALL
         SELECT candidate, atom, units, large, count(*) OVER (PARTITION BY candidate, %s)
         FROM near WHERE held_at & %d = %d
    """
        .formatted(key.under(recodings.get(i), "key"), coarser | 1L << i, coarser);
  }

  /**
   * Whether atoms that agree in some keys, and in the keys of the candidate, agree in others too.
   */
  private static boolean allFollow(List<String> others, List<String> some, List<String> keys) {
    return others.stream().allMatch(key -> follows(key, some) || follows(key, keys));
  }

  /** Whether atoms that agree in some keys agree in another: a group follows from its codes. */
  private static boolean follows(String key, List<String> some) {
    return some.contains(key)
        || Level.find(key)
            .filter(Level::isGroup)
            .filter(group -> some.contains(group.dimension().id()))
            .isPresent();
  }
}
