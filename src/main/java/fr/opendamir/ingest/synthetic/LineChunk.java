package fr.opendamir.ingest.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lines drawn together with random numbers of their own, so that a month does not depend on which
 * thread draws what. Duplicates are removed by {@link #keepNew}.
 */
final class LineChunk {

  /** Drawn lines of a chunk. */
  static final int LINES = 8192;

  private static final int USUAL_LINE = 200;

  private byte[] bytes = new byte[LINES * USUAL_LINE];
  private final int[] ends = new int[LINES];
  private final long[] keys = new long[LINES];
  private int length;

  private LineChunk() {}

  static LineChunk draw(LineModel model, LineRenderer renderer, long seed) {
    LineChunk chunk = new LineChunk();
    SplittableRandom random = new SplittableRandom(seed);
    Line line = new Line();
    int at = 0;
    for (int i = 0; i < LINES; i++) {
      model.draw(random, line);
      if (chunk.bytes.length - at < LineRenderer.LONGEST_LINE) {
        chunk.bytes = Arrays.copyOf(chunk.bytes, chunk.bytes.length + LINES * 20);
      }
      at = renderer.render(line, chunk.bytes, at);
      chunk.ends[i] = at;
      chunk.keys[i] = renderer.key(line);
    }
    chunk.length = at;
    return chunk;
  }

  /**
   * Leaves only lines whose key is new, at most {@code wanted} of them, and returns how many. Two
   * different lines with the same key count as duplicates, which keeps the promise of unique
   * dimensions.
   */
  int keepNew(UniqueKeys known, long wanted) {
    int kept = 0;
    int to = 0;
    int from = 0;
    for (int i = 0; i < LINES && kept < wanted; i++) {
      int size = ends[i] - from;
      if (known.add(keys[i])) {
        System.arraycopy(bytes, from, bytes, to, size);
        to += size;
        kept++;
      }
      from = ends[i];
    }
    length = to;
    return kept;
  }

  /** The text; its first {@link #length} bytes count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
