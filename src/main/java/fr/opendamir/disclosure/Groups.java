package fr.opendamir.disclosure;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The groups of pending atoms at one step that have enough contributors: candidates for blocks. A
 * candidate has the place of its block among the new ones, from 0.
 */
public final class Groups {
  /** The place of groups with too few contributors. */
  private static final int TOO_FEW = -1;

  private final Optional<AtomKey.Mask> mask;
  private final StageAtoms atoms;
  private final PendingAtoms states;
  private final int[] pending;
  private final long firstBlock;

  /** By position in {@link #pending}. */
  private final int[] candidateOf;

  /** By candidate. */
  private final long[] contributors;

  private final boolean[] held;

  /**
   * Counts the contributors of groups.
   *
   * @param mask the fields in which the atoms of a group agree; empty if each atom is a group
   * @param groupOf the group of each pending atom
   * @param count the number of groups
   * @param keys by which the groups are ordered, and with them blocks; empty if they are in order
   * @param services a table to count services with
   * @param firstBlock the number of the first candidate's block
   */
  Groups(
      Optional<AtomKey.Mask> mask,
      StageAtoms atoms,
      PendingAtoms states,
      int[] pending,
      int[] groupOf,
      int count,
      Optional<KeyNumbers> keys,
      ContributorWeights weights,
      KeyNumbers services,
      long firstBlock) {
    this.mask = mask;
    this.atoms = atoms;
    this.states = states;
    this.pending = pending;
    this.firstBlock = firstBlock;
    Counts counts = new Counts(count, groupOf, services);
    int[] candidates =
        IntStream.range(0, count)
            .filter(
                group ->
                    weights.units(counts.sums[group], counts.largest[group], counts.bare[group])
                        >= weights.threshold())
            .toArray();
    keys.ifPresent(some -> some.sort(candidates));
    int[] placeOf = new int[count];
    Arrays.fill(placeOf, TOO_FEW);
    for (int place = 0; place < candidates.length; place++) {
      placeOf[candidates[place]] = place;
    }
    this.candidateOf = IntStream.of(groupOf).map(group -> placeOf[group]).toArray();
    this.contributors = IntStream.of(candidates).mapToLong(group -> counts.sums[group]).toArray();
    this.held = new boolean[candidates.length];
  }

  /** The contributors of each group, in units, see {@link ContributorWeights}. */
  private final class Counts {
    /** Of all services. */
    final long[] sums;

    /** Of the largest service. */
    final long[] largest;

    /** Lines without quantity. */
    final long[] bare;

    Counts(int count, int[] groupOf, KeyNumbers services) {
      sums = new long[count];
      largest = new long[count];
      bare = new long[count];
      // Most groups have one service, which needs no table.
      int[] firsts = new int[count];
      long[] ofActs = new long[count];
      long[] ofCounts = new long[count];
      services.clear(others(groupOf, firsts));
      // Several atoms of a group can have the same service: its net acts count.
      long[] otherActs = new long[services.most()];
      long[] otherCounts = new long[services.most()];
      for (int i = 0; i < pending.length; i++) {
        int group = groupOf[i];
        for (int at = states.first(pending[i]); at < states.first(pending[i] + 1); at++) {
          bare[group] = Math.addExact(bare[group], states.bare(at));
          if (states.service(at) == firsts[group] - 1) {
            ofActs[group] = Math.addExact(ofActs[group], states.unitsOfActs(at));
            ofCounts[group] = Math.addExact(ofCounts[group], states.unitsOfCounts(at));
          } else {
            int other = services.of(group, states.service(at), 0);
            otherActs[other] = Math.addExact(otherActs[other], states.unitsOfActs(at));
            otherCounts[other] = Math.addExact(otherCounts[other], states.unitsOfCounts(at));
          }
        }
      }
      for (int group = 0; group < count; group++) {
        add(group, ofActs[group], ofCounts[group]);
      }
      for (int other = 0; other < services.size(); other++) {
        add((int) services.high(other), otherActs[other], otherCounts[other]);
      }
    }

    /**
     * Finds the first service of each group.
     *
     * @param firsts receives it, plus one
     * @return how many places of atoms have another one
     */
    private int others(int[] groupOf, int[] firsts) {
      int others = 0;
      for (int i = 0; i < pending.length; i++) {
        for (int at = states.first(pending[i]); at < states.first(pending[i] + 1); at++) {
          int service = states.service(at) + 1;
          if (firsts[groupOf[i]] == 0) {
            firsts[groupOf[i]] = service;
          }
          others += firsts[groupOf[i]] == service ? 0 : 1;
        }
      }
      return others;
    }

    private void add(int group, long unitsOfActs, long unitsOfCounts) {
      long units = Math.min(Math.abs(unitsOfActs), Math.abs(unitsOfCounts));
      sums[group] = Math.addExact(sums[group], units);
      largest[group] = Math.max(largest[group], units);
    }
  }

  /** Whether no group can become a block. */
  public boolean isEmpty() {
    return IntStream.range(0, held.length).allMatch(candidate -> held[candidate]);
  }

  /** Holds back the group that would become a block. */
  public void holdBack(long block) {
    held[Math.toIntExact(block - firstBlock)] = true;
  }

  /** Calls for each atom of the groups that are not held back, with the block it would be in. */
  public void forEach(BlockMember member) {
    for (int i = 0; i < pending.length; i++) {
      if (isMember(i)) {
        member.accept(firstBlock + candidateOf[i], pending[i]);
      }
    }
  }

  /** The number of the last candidate's block. */
  long lastBlock() {
    return firstBlock + held.length - 1;
  }

  /** The number of the first candidate's block. */
  public long firstBlock() {
    return firstBlock;
  }

  private boolean isMember(int i) {
    return candidateOf[i] != TOO_FEW && !held[candidateOf[i]];
  }

  /** Holds back the candidates of which one line has too large a share, in percent. */
  void holdBackDominated(int largestShare) {
    long[] charged = new long[held.length];
    long[] reimbursed = new long[held.length];
    long[] topCharged = new long[held.length];
    long[] topReimbursed = new long[held.length];
    for (int i = 0; i < pending.length; i++) {
      int candidate = candidateOf[i];
      if (candidate != TOO_FEW) {
        int atom = pending[i];
        charged[candidate] = Math.addExact(charged[candidate], atoms.charged(atom));
        reimbursed[candidate] = Math.addExact(reimbursed[candidate], atoms.reimbursed(atom));
        topCharged[candidate] = Math.max(topCharged[candidate], atoms.topCharged(atom));
        topReimbursed[candidate] = Math.max(topReimbursed[candidate], atoms.topReimbursed(atom));
      }
    }
    for (int candidate = 0; candidate < held.length; candidate++) {
      held[candidate] |=
          isAbove(topCharged[candidate], charged[candidate], largestShare)
              || isAbove(topReimbursed[candidate], reimbursed[candidate], largestShare);
    }
  }

  private static boolean isAbove(long part, long whole, int percent) {
    return Math.multiplyExact(part, 100L) > Math.multiplyExact(Math.abs(whole), (long) percent);
  }

  /** Of all candidates, also of those held back. */
  int candidates() {
    return held.length;
  }

  /** The contributors of a candidate before they are limited to a multiple of a service. */
  long contributors(int candidate) {
    return contributors[candidate];
  }

  void holdBackCandidate(int candidate) {
    held[candidate] = true;
  }

  /** The positions of the atoms of candidates that are not held back. */
  IntStream members() {
    return IntStream.range(0, pending.length).filter(this::isMember);
  }

  int candidate(int position) {
    return candidateOf[position];
  }

  int atom(int position) {
    return pending[position];
  }

  public Optional<AtomKey.Mask> mask() {
    return mask;
  }

  /**
   * Puts atoms in blocks and marks those that are held back.
   *
   * @param recoding the number of recodings before this one
   * @return the greatest number of a block now
   */
  long accept(long lastBlock, int recoding) {
    long last = lastBlock;
    for (int i = 0; i < pending.length; i++) {
      int atom = pending[i];
      if (isMember(i)) {
        long block = firstBlock + candidateOf[i];
        states.putInBlock(atom, block);
        last = Math.max(last, block);
      } else if (candidateOf[i] != TOO_FEW && mask.isPresent()) {
        states.markHeldAt(recoding, atom);
      } else if (candidateOf[i] != TOO_FEW) {
        states.markLarge(atom);
      }
    }
    return last;
  }
}
