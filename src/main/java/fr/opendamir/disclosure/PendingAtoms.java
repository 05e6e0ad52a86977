package fr.opendamir.disclosure;

import java.util.Arrays;

/**
 * The atoms of a stage, by column, and the block that each has got. An atom has a row for each
 * service of its lines; only contributors are counted by row.
 */
public final class PendingAtoms {
  /** The block of an atom that has none yet. */
  private static final long PENDING = 0;

  private static final int FIRST_CAPACITY = 1024;

  /**
   * A service of an atom.
   *
   * @param atom the number of the atom
   * @param service any number that names the service
   * @param high the more significant bits of the {@link AtomKey key} of the atom
   * @param low the less significant bits
   * @param unitsOfActs contributors by the quantity, see {@link ContributorWeights}
   * @param unitsOfCounts contributors by the count of payments
   * @param acts the quantity
   * @param bare lines without quantity
   * @param charged cents
   * @param reimbursed cents
   * @param topCharged the largest amount of a line of at most two contributors, in cents
   * @param topReimbursed the same of the reimbursement
   */
  public record Row(
      long atom,
      int service,
      long high,
      long low,
      long unitsOfActs,
      long unitsOfCounts,
      long acts,
      long bare,
      long charged,
      long reimbursed,
      long topCharged,
      long topReimbursed) {}

  /** Receives atoms and their blocks. */
  @FunctionalInterface
  public interface Member<E extends Exception> {
    /**
     * Receives an atom.
     *
     * @param block its block
     * @param atom its number
     */
    void accept(long block, long atom) throws E;
  }

  /** Receives the numbers of atoms. */
  @FunctionalInterface
  public interface Atom<E extends Exception> {
    void accept(long atom) throws E;
  }

  private int size;
  private long[] numbers = new long[FIRST_CAPACITY];
  private long[] highs = new long[FIRST_CAPACITY];
  private long[] lows = new long[FIRST_CAPACITY];
  private long[] charges = new long[FIRST_CAPACITY];
  private long[] reimbursements = new long[FIRST_CAPACITY];
  private long[] topCharges = new long[FIRST_CAPACITY];
  private long[] topReimbursements = new long[FIRST_CAPACITY];
  private long[] acts = new long[FIRST_CAPACITY];
  private int[] firstRows = new int[FIRST_CAPACITY + 1];
  private long[] heldAt = new long[FIRST_CAPACITY];
  private boolean[] large = new boolean[FIRST_CAPACITY];
  private long[] blocks = new long[FIRST_CAPACITY];

  private int rows;
  private int[] services = new int[FIRST_CAPACITY];
  private long[] unitsOfActs = new long[FIRST_CAPACITY];
  private long[] unitsOfCounts = new long[FIRST_CAPACITY];
  private long[] bare = new long[FIRST_CAPACITY];

  /**
   * Adds a row. Rows come by ascending number of their atom.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void add(Row row) {
    boolean isFirst = size == 0 || numbers[size - 1] != row.atom;
    if (isFirst) {
      if (size > 0 && numbers[size - 1] > row.atom) {
        throw new IllegalArgumentException("atoms must come by their numbers");
      }
      addAtom(row);
    }
    int atom = size - 1;
    charges[atom] = Math.addExact(charges[atom], row.charged);
    reimbursements[atom] = Math.addExact(reimbursements[atom], row.reimbursed);
    acts[atom] = Math.addExact(acts[atom], row.acts);
    topCharges[atom] = isFirst ? row.topCharged : Math.max(topCharges[atom], row.topCharged);
    topReimbursements[atom] =
        isFirst ? row.topReimbursed : Math.max(topReimbursements[atom], row.topReimbursed);
    addRow(row);
    firstRows[size] = rows;
  }

  private void addAtom(Row row) {
    if (size == numbers.length) {
      growAtoms(2 * size);
    }
    numbers[size] = row.atom;
    highs[size] = row.high;
    lows[size] = row.low;
    size++;
  }

  private void growAtoms(int capacity) {
    numbers = Arrays.copyOf(numbers, capacity);
    highs = Arrays.copyOf(highs, capacity);
    lows = Arrays.copyOf(lows, capacity);
    charges = Arrays.copyOf(charges, capacity);
    reimbursements = Arrays.copyOf(reimbursements, capacity);
    topCharges = Arrays.copyOf(topCharges, capacity);
    topReimbursements = Arrays.copyOf(topReimbursements, capacity);
    acts = Arrays.copyOf(acts, capacity);
    firstRows = Arrays.copyOf(firstRows, capacity + 1);
    heldAt = Arrays.copyOf(heldAt, capacity);
    large = Arrays.copyOf(large, capacity);
    blocks = Arrays.copyOf(blocks, capacity);
  }

  private void addRow(Row row) {
    if (rows == services.length) {
      int capacity = 2 * rows;
      services = Arrays.copyOf(services, capacity);
      unitsOfActs = Arrays.copyOf(unitsOfActs, capacity);
      unitsOfCounts = Arrays.copyOf(unitsOfCounts, capacity);
      bare = Arrays.copyOf(bare, capacity);
    }
    services[rows] = row.service;
    unitsOfActs[rows] = row.unitsOfActs;
    unitsOfCounts[rows] = row.unitsOfCounts;
    bare[rows] = row.bare;
    rows++;
  }

  /** Calls for each atom that has a block. */
  public <E extends Exception> void forEachInBlock(Member<E> member) throws E {
    for (int atom = 0; atom < size; atom++) {
      if (!isPending(atom)) {
        member.accept(blocks[atom], numbers[atom]);
      }
    }
  }

  /** Calls with the number of each atom that has no block. */
  public <E extends Exception> void forEachPending(Atom<E> receiver) throws E {
    for (int atom = 0; atom < size; atom++) {
      if (isPending(atom)) {
        receiver.accept(numbers[atom]);
      }
    }
  }

  int size() {
    return size;
  }

  long number(int atom) {
    return numbers[atom];
  }

  long high(int atom) {
    return highs[atom];
  }

  long low(int atom) {
    return lows[atom];
  }

  long charged(int atom) {
    return charges[atom];
  }

  long reimbursed(int atom) {
    return reimbursements[atom];
  }

  long topCharged(int atom) {
    return topCharges[atom];
  }

  long topReimbursed(int atom) {
    return topReimbursements[atom];
  }

  boolean hasActs(int atom) {
    return acts[atom] != 0;
  }

  int firstRow(int atom) {
    return firstRows[atom];
  }

  int service(int row) {
    return services[row];
  }

  long unitsOfActs(int row) {
    return unitsOfActs[row];
  }

  long unitsOfCounts(int row) {
    return unitsOfCounts[row];
  }

  long bare(int row) {
    return bare[row];
  }

  boolean isPending(int atom) {
    return blocks[atom] == PENDING;
  }

  void putInBlock(int atom, long block) {
    blocks[atom] = block;
  }

  /** Whether an atom has enough contributors by itself and was held back. */
  boolean isLarge(int atom) {
    return large[atom];
  }

  void markLarge(int atom) {
    large[atom] = true;
  }

  /** Whether the group of an atom at a recoding was held back. */
  boolean wasHeldAt(int recoding, int atom) {
    return (heldAt[atom] >> recoding & 1) != 0;
  }

  void markHeldAt(int recoding, int atom) {
    heldAt[atom] |= 1L << recoding;
  }
}
