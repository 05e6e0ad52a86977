package fr.opendamir.disclosure;

import java.util.BitSet;

/**
 * What a search knows of each atom, close together in memory: its key, its contributors by service,
 * the block that it has got.
 */
final class PendingAtoms {
  /** The block of an atom that has none yet. */
  private static final long PENDING = 0;

  private final long[] highs;
  private final long[] lows;

  /** The first service of each atom, and one after the last. */
  private final int[] firsts;

  private final int[] services;
  private final long[] unitsOfActs;
  private final long[] unitsOfCounts;
  private final long[] bare;

  private final long[] heldAt;
  private final BitSet large = new BitSet();
  private final long[] blocks;

  PendingAtoms(StageAtoms atoms) {
    int size = atoms.size();
    heldAt = new long[size];
    blocks = new long[size];
    highs = new long[size];
    lows = new long[size];
    firsts = new int[size + 1];
    int places = places(atoms);
    services = new int[places];
    unitsOfActs = new long[places];
    unitsOfCounts = new long[places];
    bare = new long[places];
    int last = -1;
    for (int atom = 0; atom < size; atom++) {
      highs[atom] = atoms.high(atom);
      lows[atom] = atoms.low(atom);
      firsts[atom] = last + 1;
      for (int row = atoms.firstRow(atom); row < atoms.firstRow(atom + 1); row++) {
        if (isFirstOfService(atoms, atom, row)) {
          last++;
          services[last] = atoms.service(row);
        }
        unitsOfActs[last] = Math.addExact(unitsOfActs[last], atoms.unitsOfActs(row));
        unitsOfCounts[last] = Math.addExact(unitsOfCounts[last], atoms.unitsOfCounts(row));
        bare[last] = Math.addExact(bare[last], atoms.bare(row));
      }
    }
    firsts[size] = places;
  }

  private static int places(StageAtoms atoms) {
    int places = 0;
    for (int atom = 0; atom < atoms.size(); atom++) {
      for (int row = atoms.firstRow(atom); row < atoms.firstRow(atom + 1); row++) {
        places += isFirstOfService(atoms, atom, row) ? 1 : 0;
      }
    }
    return places;
  }

  /** Rows of one service of an atom are neighbours. */
  private static boolean isFirstOfService(StageAtoms atoms, int atom, int row) {
    return row == atoms.firstRow(atom) || atoms.service(row) != atoms.service(row - 1);
  }

  /** The number of services of all atoms. */
  int places() {
    return services.length;
  }

  long high(int atom) {
    return highs[atom];
  }

  long low(int atom) {
    return lows[atom];
  }

  /** The place of the first service of an atom; of the number of atoms, the number of places. */
  int first(int atom) {
    return firsts[atom];
  }

  int service(int place) {
    return services[place];
  }

  /** Units of contributors by the quantity. */
  long unitsOfActs(int place) {
    return unitsOfActs[place];
  }

  /** Units of contributors by the count of payments. */
  long unitsOfCounts(int place) {
    return unitsOfCounts[place];
  }

  /** Lines without quantity. */
  long bare(int place) {
    return bare[place];
  }

  int size() {
    return blocks.length;
  }

  boolean isPending(int atom) {
    return blocks[atom] == PENDING;
  }

  long block(int atom) {
    return blocks[atom];
  }

  void putInBlock(int atom, long block) {
    blocks[atom] = block;
  }

  /** Whether an atom has enough contributors by itself and was held back. */
  boolean isLarge(int atom) {
    return large.get(atom);
  }

  void markLarge(int atom) {
    large.set(atom);
  }

  /** Whether the group of an atom at a recoding was held back. */
  boolean wasHeldAt(int recoding, int atom) {
    return (heldAt[atom] >> recoding & 1) != 0;
  }

  void markHeldAt(int recoding, int atom) {
    heldAt[atom] |= 1L << recoding;
  }
}
