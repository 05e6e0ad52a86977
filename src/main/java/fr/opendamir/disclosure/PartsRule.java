package fr.opendamir.disclosure;

import java.util.Arrays;
import java.util.List;

/**
 * The rule on parts. A reader who knows the algorithm knows that each part of a block, an atom or a
 * group of an earlier recoding, has fewer contributors than the threshold. If the block has nearly
 * the maximum for its number of parts, each part is revealed: twenty contributors in two parts are
 * ten and ten. At most {@code 10 × parts − 4} contributors are accepted under the built-in policy;
 * a group above that is crowded and is held back.
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
  /** Far more than the error of adding up to a million fractions, far less than any fraction. */
  private static final double ROUNDING = 1e-6;

  private final StageAtoms atoms;
  private final PendingAtoms states;
  private final KeyNumbers keys;
  private final long threshold;
  private final long mostOfAPart;
  private final long room;

  /**
   * Prepares the rule for a policy.
   *
   * @param leastUncertainty how many counts of contributors must remain possible for a part
   * @param keys a table to count with, of at least as many keys as atoms
   */
  PartsRule(
      StageAtoms atoms,
      PendingAtoms states,
      ContributorWeights weights,
      int leastUncertainty,
      KeyNumbers keys) {
    this.atoms = atoms;
    this.states = states;
    this.keys = keys;
    this.threshold = weights.threshold();
    // Units of a part that is just below the threshold.
    this.mostOfAPart = threshold - weights.unitsPerPerson();
    // Units by which a block must stay below its maximum.
    this.room = weights.unitsPerPerson() * (leastUncertainty - 1);
  }

  /**
   * Holds back the crowded groups.
   *
   * @param recodings the fields in which the groups of earlier recodings agreed
   */
  void holdBackCrowded(Groups groups, List<AtomKey.Mask> recodings) {
    int[] parts = partsToCount(groups);
    int[] sizes = sizes(groups, parts, recodings);
    double[] small = new double[groups.candidates()];
    int[] large = new int[groups.candidates()];
    for (int i = 0; i < parts.length; i++) {
      int candidate = groups.candidate(parts[i]);
      if (states.isLarge(groups.atom(parts[i]))) {
        large[candidate]++;
      } else {
        small[candidate] += 1.0 / sizes[i];
      }
    }
    for (int part : parts) {
      int candidate = groups.candidate(part);
      long least = (long) Math.ceil(small[candidate] - ROUNDING);
      if (isCrowded(groups.contributors(candidate), least, large[candidate])) {
        groups.holdBackCandidate(candidate);
      }
    }
  }

  private boolean isCrowded(long contributors, long small, int large) {
    return large == 0
        ? contributors > small * mostOfAPart - room
        : small > 0 && contributors < large * threshold + mostOfAPart;
  }

  /**
   * The positions of the atoms of groups that may be crowded: those above the limit for two parts,
   * the smallest one. Most groups are below it and are not examined.
   */
  private int[] partsToCount(Groups groups) {
    boolean[] near = new boolean[groups.candidates()];
    for (int candidate = 0; candidate < near.length; candidate++) {
      near[candidate] = groups.contributors(candidate) > 2 * mostOfAPart - room;
    }
    groups
        .members()
        .filter(position -> states.isLarge(groups.atom(position)))
        .forEach(position -> near[groups.candidate(position)] = true);
    return groups
        .members()
        .filter(position -> near[groups.candidate(position)])
        .filter(
            position ->
                atoms.hasActs(groups.atom(position)) || states.isLarge(groups.atom(position)))
        .toArray();
  }

  /** For each part the atoms in the largest group, known to be small, that it was in. */
  private int[] sizes(Groups groups, int[] parts, List<AtomKey.Mask> recodings) {
    int[] sizes = new int[parts.length];
    Arrays.fill(sizes, 1);
    int[] keyOf = new int[parts.length];
    int[] counts = new int[parts.length];
    for (int recoding = 0; recoding < recodings.size(); recoding++) {
      AtomKey.Mask mask = recodings.get(recoding);
      keys.clear(parts.length);
      Arrays.fill(counts, 0);
      for (int i = 0; i < parts.length; i++) {
        int atom = groups.atom(parts[i]);
        if (!states.wasHeldAt(recoding, atom)) {
          keyOf[i] =
              keys.of(
                  states.high(atom) & mask.high(),
                  states.low(atom) & mask.low(),
                  groups.candidate(parts[i]));
          counts[keyOf[i]]++;
        }
      }
      for (int i = 0; i < parts.length; i++) {
        if (!states.wasHeldAt(recoding, groups.atom(parts[i]))) {
          sizes[i] = Math.max(sizes[i], counts[keyOf[i]]);
        }
      }
    }
    return sizes;
  }
}
