package fr.opendamir.disclosure;

import fr.opendamir.catalog.SourceMeasure;

/**
 * The atoms of a stage, from 0. An atom has a row for each service of its lines and each {@code
 * pattern} of the layers of their amounts; rows are summed when blocks are made of them.
 */
public final class StageAtoms {
  /** The columns of a row: its service and pattern, the counts, the values of its layers. */
  static final int KIND = 0;

  static final int ACTS = 1;
  static final int COUNTED = 2;
  static final int BARE = 3;
  static final int LAYERS = 4;
  static final int ROW_WIDTH = LAYERS + Layer.columns().size();

  /** The columns of an atom. */
  private static final int HIGH = 0;

  private static final int LOW = 1;
  private static final int FIRST_ROW = 2;
  private static final int ATOM_ACTS = 3;
  private static final int CHARGED = 4;
  private static final int REIMBURSED = 5;
  private static final int TOP_CHARGED = 6;
  private static final int TOP_REIMBURSED = 7;
  private static final int ATOM_WIDTH = 8;

  /** By column of values, the bits of the layers that an amount holds. */
  private static final long[] CHARGED_BITS = Layer.bitsByColumn(SourceMeasure.CHARGED);

  private static final long[] REIMBURSED_BITS = Layer.bitsByColumn(SourceMeasure.REIMBURSED);

  private final ServiceWeights weights;
  private final NumberRows atoms = new NumberRows(ATOM_WIDTH);
  private final NumberRows rows = new NumberRows(ROW_WIDTH);

  public StageAtoms(ServiceWeights weights) {
    this.weights = weights;
  }

  /**
   * Starts an atom.
   *
   * @param high the more significant bits of its {@link AtomKey key}
   * @param low the less significant bits
   */
  public void start(long high, long low) {
    int atom = atoms.add();
    atoms.set(atom, HIGH, high);
    atoms.set(atom, LOW, low);
    atoms.set(atom, FIRST_ROW, rows.size());
  }

  /** Whether the last atom has this key. */
  public boolean isLast(long high, long low) {
    int last = size() - 1;
    return last >= 0 && high(last) == high && low(last) == low;
  }

  /**
   * Adds a row to the last atom.
   *
   * @param service the number that the key has for the service
   * @param pattern the bits of the layers
   * @param acts the quantity
   * @param counted payments, or acts where these count
   * @param bare lines without quantity
   */
  public void addRow(int service, long pattern, long acts, long counted, long bare) {
    int row = rows.add();
    rows.set(row, KIND, RowSums.kind(service, pattern));
    rows.set(row, ACTS, acts);
    rows.set(row, COUNTED, counted);
    rows.set(row, BARE, bare);
    atoms.plus(size() - 1, ATOM_ACTS, acts);
  }

  /**
   * Sets the value of layers in the last row.
   *
   * @param column index in {@link Layer#columns}
   */
  public void setLayers(int column, long value) {
    rows.set(rows.size() - 1, LAYERS + column, value);
  }

  /**
   * Adds the amounts of the last row, after its layers, to the last atom.
   *
   * @param topCharged the largest amount of a line of at most two contributors, in cents
   * @param topReimbursed the same of the reimbursement
   */
  public void addAmounts(long topCharged, long topReimbursed) {
    int atom = size() - 1;
    atoms.plus(atom, CHARGED, amount(CHARGED_BITS));
    atoms.plus(atom, REIMBURSED, amount(REIMBURSED_BITS));
    atoms.set(atom, TOP_CHARGED, Math.max(topCharged(atom), topCharged));
    atoms.set(atom, TOP_REIMBURSED, Math.max(topReimbursed(atom), topReimbursed));
  }

  /** An amount of the last row: the sum of the layers that it holds. */
  private long amount(long[] bitsOfColumns) {
    int row = rows.size() - 1;
    long pattern = RowSums.pattern(kind(row));
    long amount = 0;
    for (int column = 0; column < bitsOfColumns.length; column++) {
      if ((pattern & bitsOfColumns[column]) != 0) {
        amount = Math.addExact(amount, rows.get(row, LAYERS + column));
      }
    }
    return amount;
  }

  public int size() {
    return atoms.size();
  }

  /** The number of rows of all atoms. */
  public int rows() {
    return rows.size();
  }

  /** The rows of all atoms, atom by atom. */
  NumberRows allRows() {
    return rows;
  }

  public long kind(int row) {
    return rows.get(row, KIND);
  }

  /**
   * A count, or the value of layers, of a row.
   *
   * @param sum index in {@link NewBlocks#sums}
   */
  public long sum(int row, int sum) {
    return rows.get(row, ACTS + sum);
  }

  public long high(int atom) {
    return atoms.get(atom, HIGH);
  }

  public long low(int atom) {
    return atoms.get(atom, LOW);
  }

  long charged(int atom) {
    return atoms.get(atom, CHARGED);
  }

  long reimbursed(int atom) {
    return atoms.get(atom, REIMBURSED);
  }

  long topCharged(int atom) {
    return atoms.get(atom, TOP_CHARGED);
  }

  long topReimbursed(int atom) {
    return atoms.get(atom, TOP_REIMBURSED);
  }

  boolean hasActs(int atom) {
    return atoms.get(atom, ATOM_ACTS) != 0;
  }

  /** The first row of an atom; of the number of atoms, the number of rows. */
  public int firstRow(int atom) {
    return atom == size() ? rows.size() : (int) atoms.get(atom, FIRST_ROW);
  }

  int service(int row) {
    return RowSums.service(kind(row));
  }

  long unitsOfActs(int row) {
    return Math.multiplyExact(rows.get(row, ACTS), weights.perAct(service(row)));
  }

  long unitsOfCounts(int row) {
    return Math.multiplyExact(rows.get(row, COUNTED), weights.perCount(service(row)));
  }

  long bare(int row) {
    return rows.get(row, BARE);
  }
}
