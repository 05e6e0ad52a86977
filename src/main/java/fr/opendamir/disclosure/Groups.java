package fr.opendamir.disclosure;

import java.util.Arrays;
import java.util.Comparator;
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
  private final PendingAtoms atoms;
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
   * @param order of the groups: blocks have it
   * @param services a table to count services with
   * @param firstBlock the number of the first candidate's block
   */
  Groups(
      Optional<AtomKey.Mask> mask,
      PendingAtoms atoms,
      int[] pending,
      int[] groupOf,
      int count,
      Comparator<Integer> order,
      ContributorWeights weights,
      KeyNumbers services,
      long firstBlock) {
    this.mask = mask;
    this.atoms = atoms;
    this.pending = pending;
    this.firstBlock = firstBlock;
    Counts counts = new Counts(count, groupOf, services);
    int[] candidates =
        IntStream.range(0, count)
            .filter(
                group ->
                    weights.units(counts.sums[group], counts.largest[group], counts.bare[group])
                        >= weights.threshold())
            .boxed()
            .sorted(order)
            .mapToInt(Integer::intValue)
            .toArray();
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
      // Several atoms of a group can have the same service, whose reversals count.
      int rows = IntStream.of(pending).map(a -> atoms.firstRow(a + 1) - atoms.firstRow(a)).sum();
      services.clear(rows);
      long[] ofActs = new long[rows];
      long[] ofCounts = new long[rows];
      for (int i = 0; i < pending.length; i++) {
        for (int row = atoms.firstRow(pending[i]); row < atoms.firstRow(pending[i] + 1); row++) {
          int service = services.of(groupOf[i], atoms.service(row), 0);
          ofActs[service] = Math.addExact(ofActs[service], atoms.unitsOfActs(row));
          ofCounts[service] = Math.addExact(ofCounts[service], atoms.unitsOfCounts(row));
          bare[groupOf[i]] = Math.addExact(bare[groupOf[i]], atoms.bare(row));
        }
      }
      for (int service = 0; service < services.size(); service++) {
        int group = (int) services.high(service);
        long units = Math.min(Math.abs(ofActs[service]), Math.abs(ofCounts[service]));
        sums[group] = Math.addExact(sums[group], units);
        largest[group] = Math.max(largest[group], units);
      }
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
  public <E extends Exception> void forEach(PendingAtoms.Member<E> member) throws E {
    for (int i = 0; i < pending.length; i++) {
      if (isMember(i)) {
        member.accept(firstBlock + candidateOf[i], atoms.number(pending[i]));
      }
    }
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

  Optional<AtomKey.Mask> mask() {
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
        atoms.putInBlock(atom, block);
        last = Math.max(last, block);
      } else if (candidateOf[i] != TOO_FEW && mask.isPresent()) {
        atoms.markHeldAt(recoding, atom);
      } else if (candidateOf[i] != TOO_FEW) {
        atoms.markLarge(atom);
      }
    }
    return last;
  }
}
