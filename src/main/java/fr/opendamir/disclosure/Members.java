package fr.opendamir.disclosure;

import java.util.function.Consumer;

/** The atoms of blocks, block by block. */
public final class Members {
  private final long first;
  private final int count;
  private final int[] starts;
  private final int[] atoms;

  /**
   * Sorts atoms by block.
   *
   * @param first number of the first block
   * @param last number of the last block; {@code first - 1} for none
   * @param source calls for each atom and its block, and the same again when it is asked again;
   *     others are left out
   */
  public Members(long first, long last, Consumer<BlockMember> source) {
    this.first = first;
    count = Math.toIntExact(last - first + 1);
    starts = new int[count + 2];
    source.accept(
        (block, atom) -> {
          if (block >= first && block <= last) {
            starts[(int) (block - first) + 2]++;
          }
        });
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    atoms = new int[starts[count + 1]];
    // Each start moves to the end of its block, which is where the next one starts.
    source.accept(
        (block, atom) -> {
          if (block >= first && block <= last) {
            atoms[starts[(int) (block - first) + 1]++] = atom;
          }
        });
  }

  /** The number of the first block. */
  long first() {
    return first;
  }

  /** The number of blocks; some may have no atoms. */
  int count() {
    return count;
  }

  /** The place of the first atom of a block, from 0; blocks are counted from 0 too. */
  int start(int block) {
    return starts[block];
  }

  /** The place after the last atom of a block. */
  int end(int block) {
    return starts[block + 1];
  }

  int atom(int place) {
    return atoms[place];
  }
}
