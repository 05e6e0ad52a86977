package fr.opendamir.disclosure;

/**
 * The atoms of a stage, by column, and the block that each has got. An atom has a row for each
 * service of its lines; only contributors are counted by row.
 */
public final class PendingAtoms {
  /** The block of an atom that has none yet. */
  private static final long PENDING = 0;

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
  private final long[] numbers;
  private final long[] highs;
  private final long[] lows;
  private final long[] charges;
  private final long[] reimbursements;
  private final long[] topCharges;
  private final long[] topReimbursements;
  private final long[] acts;
  private final int[] firstRows;
  private final long[] heldAt;
  private final boolean[] large;
  private final long[] blocks;

  private int rows;
  private final int[] services;
  private final long[] unitsOfActs;
  private final long[] unitsOfCounts;
  private final long[] bare;

  /**
   * Makes room for rows.
   *
   * @param most the largest number of rows to come
   */
  public PendingAtoms(int most) {
    numbers = new long[most];
    highs = new long[most];
    lows = new long[most];
    charges = new long[most];
    reimbursements = new long[most];
    topCharges = new long[most];
    topReimbursements = new long[most];
    acts = new long[most];
    firstRows = new int[most + 1];
    heldAt = new long[most];
    large = new boolean[most];
    blocks = new long[most];
    services = new int[most];
    unitsOfActs = new long[most];
    unitsOfCounts = new long[most];
    bare = new long[most];
  }

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
    numbers[size] = row.atom;
    highs[size] = row.high;
    lows[size] = row.low;
    size++;
  }

  private void addRow(Row row) {
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

  int rows() {
    return rows;
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
