package fr.opendamir.disclosure;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * Makes blocks of atoms: sums their rows, under the {@link BlockCodes codes} that they share, and
 * takes out the layers of the amounts that too few contributors have ({@link LostLayers}). Each
 * layer that is taken out of a block is an atom of the next stage, where blocks are made as they
 * are.
 */
public final class NewBlocks {
  /** The columns of a row of a block; its key has no layer. */
  public static final int BLOCK = 0;

  public static final int LAYER = 1;
  public static final int HIGH = 2;
  public static final int LOW = 3;
  public static final int KIND = 4;

  /** The first of the counts and the values of layers, in the order of {@link StageAtoms}. */
  public static final int SUMS = 5;

  private static final int ALL_AMOUNTS = -1;

  /** Rows that are made before they are given away, because all of a month take 300 MB. */
  private static final int PART = 1 << 17;

  private static final int SUM_COUNT = StageAtoms.ROW_WIDTH - StageAtoms.ACTS;

  /** By column of values, the bits of its layers. */
  private static final long[] COLUMN_BITS =
      Layer.columns().stream().mapToLong(Layer::bits).toArray();

  private static final int[] COLUMN_OF =
      Layer.ALL.stream().mapToInt(layer -> Layer.columns().indexOf(layer.column())).toArray();

  private final Stage stage;
  private final BlockCodes codes;
  private final LostLayers lost;
  private final StageAtoms pieces;
  private final NumberRows rows = new NumberRows(SUMS + SUM_COUNT);

  /**
   * Prepares the blocks of a stage.
   *
   * @param pieces receives the layers that blocks lose
   */
  public NewBlocks(Stage stage, BlockCodes codes, LostLayers lost, StageAtoms pieces) {
    this.stage = stage;
    this.codes = codes;
    this.lost = lost;
    this.pieces = pieces;
  }

  /** Receives the rows that have been made so far, and forgets them. */
  public void drain(Consumer<NumberRows> receiver) {
    if (rows.size() > 0) {
      receiver.accept(rows);
      rows.clear();
    }
  }

  /**
   * Makes blocks.
   *
   * @param kept in a revision the fields that the recoding kept; empty if each atom is a block
   * @param lostByRules further layers that a block loses, by its number
   * @param receiver receives the rows, part by part
   */
  public void make(
      StageAtoms atoms,
      Members members,
      Optional<AtomKey.Mask> kept,
      LongUnaryOperator lostByRules,
      Consumer<NumberRows> receiver) {
    int most = 0;
    for (int i = 0; i < members.count(); i++) {
      most = Math.max(most, rows(atoms, members, i));
    }
    RowSums sums = new RowSums(most);
    for (int i = 0; i < members.count(); i++) {
      if (members.start(i) < members.end(i)) {
        sum(atoms, members, i, sums);
        AtomKey.Mask common = share(atoms, members, i, kept);
        long block = members.first() + i;
        if (stage == Stage.BLOCKS) {
          add(block, ALL_AMOUNTS, sums, lost.of(sums) | lostByRules.applyAsLong(block));
        } else {
          add(block, codes.layer(common.high(), common.low()), sums, 0);
        }
        if (rows.size() >= PART) {
          drain(receiver);
        }
      }
    }
    drain(receiver);
  }

  /**
   * Adds rows to a block without codes.
   *
   * @param layer of the rows; -1 for all amounts
   * @param merged the rows
   * @param lostByRules further layers that the block loses
   */
  public void makeWithoutCodes(long block, int layer, StageAtoms merged, long lostByRules) {
    RowSums sums = new RowSums(merged.rows());
    for (int row = 0; row < merged.rows(); row++) {
      sums.add(merged, row);
    }
    sums.sort();
    codes.giveUpAll();
    add(block, layer, sums, stage == Stage.BLOCKS ? lost.of(sums) | lostByRules : 0);
  }

  private static int rows(StageAtoms atoms, Members members, int block) {
    int found = 0;
    for (int i = members.start(block); i < members.end(block); i++) {
      int atom = members.atom(i);
      found += atoms.firstRow(atom + 1) - atoms.firstRow(atom);
    }
    return found;
  }

  private static void sum(StageAtoms atoms, Members members, int block, RowSums sums) {
    sums.clear(rows(atoms, members, block));
    for (int i = members.start(block); i < members.end(block); i++) {
      int atom = members.atom(i);
      for (int row = atoms.firstRow(atom); row < atoms.firstRow(atom + 1); row++) {
        sums.add(atoms, row);
      }
    }
    sums.sort();
  }

  /** Makes the codes of a block; returns the bits that are set in all keys of its atoms. */
  private AtomKey.Mask share(
      StageAtoms atoms, Members members, int block, Optional<AtomKey.Mask> kept) {
    long high = -1;
    long low = -1;
    long anyHigh = 0;
    long anyLow = 0;
    for (int i = members.start(block); i < members.end(block); i++) {
      int atom = members.atom(i);
      high &= atoms.high(atom);
      low &= atoms.low(atom);
      anyHigh |= atoms.high(atom);
      anyLow |= atoms.low(atom);
    }
    AtomKey.Mask common = new AtomKey.Mask(high, low);
    codes.share(common, new AtomKey.Mask(anyHigh ^ high, anyLow ^ low), kept);
    return common;
  }

  /** Adds the rows of a block under the codes that were made last, without some layers. */
  private void add(long block, int layer, RowSums sums, long layersLost) {
    for (int i = 0; i < sums.size(); i++) {
      long bits = RowSums.pattern(sums.kind(i)) & layersLost;
      int row = rows.add();
      rows.set(row, BLOCK, block);
      rows.set(row, LAYER, layer);
      rows.set(row, HIGH, codes.high());
      rows.set(row, LOW, codes.low());
      rows.set(row, KIND, sums.kind(i) & ~bits);
      for (int column = 0; column < SUM_COUNT; column++) {
        int ofLayers = column - (StageAtoms.LAYERS - StageAtoms.ACTS);
        boolean isLost = ofLayers >= 0 && (bits & COLUMN_BITS[ofLayers]) != 0;
        rows.set(row, SUMS + column, isLost ? 0 : sums.sum(i, StageAtoms.ACTS + column));
      }
    }
    for (long left = layersLost; left != 0; left &= left - 1) {
      addPiece(Layer.ALL.get(Long.numberOfTrailingZeros(left)), sums);
    }
  }

  private void addPiece(Layer layer, RowSums sums) {
    int column = COLUMN_OF[layer.index()];
    boolean isFirst = true;
    for (int i = 0; i < sums.size(); i++) {
      if ((sums.kind(i) & layer.bit()) != 0) {
        if (isFirst) {
          pieces.start(codes.high(layer), codes.low(layer));
          isFirst = false;
        }
        pieces.addRow(
            RowSums.service(sums.kind(i)),
            layer.bit(),
            sums.sum(i, StageAtoms.ACTS),
            sums.sum(i, StageAtoms.COUNTED),
            sums.sum(i, StageAtoms.BARE));
        pieces.setLayers(column, sums.sum(i, StageAtoms.LAYERS + column));
      }
    }
  }

  /**
   * The codes and layers of groups that are not held back, before blocks are made of them.
   *
   * @return rows of block, key in two halves, and bits of the layers of any atom
   */
  public NumberRows heads(StageAtoms atoms, Groups groups) {
    NumberRows heads = new NumberRows(4);
    Members members = new Members(groups.firstBlock(), groups.lastBlock(), groups::forEach);
    for (int i = 0; i < members.count(); i++) {
      if (members.start(i) < members.end(i)) {
        share(atoms, members, i, groups.mask());
        int head = heads.add();
        heads.set(head, 0, groups.firstBlock() + i);
        heads.set(head, 1, codes.high());
        heads.set(head, 2, codes.low());
        heads.set(head, 3, layers(atoms, members, i));
      }
    }
    return heads;
  }

  private static long layers(StageAtoms atoms, Members members, int block) {
    long layers = 0;
    for (int i = members.start(block); i < members.end(block); i++) {
      int atom = members.atom(i);
      for (int row = atoms.firstRow(atom); row < atoms.firstRow(atom + 1); row++) {
        layers |= RowSums.pattern(atoms.kind(row));
      }
    }
    return layers;
  }

  /** The names of the counts and the values of layers, in their order. */
  public static List<String> sums() {
    return Stream.concat(AtomRows.COUNTS.stream(), Layer.columns().stream()).toList();
  }
}
