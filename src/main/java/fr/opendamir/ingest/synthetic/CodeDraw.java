package fr.opendamir.ingest.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws codes with given weights in constant time (alias method of Walker and Vose). */
final class CodeDraw {

  private static final double SCALE = 0x1p32;

  private final int[] codes;
  private final int[] aliases;
  private final long[] thresholds;

  private CodeDraw(int[] codes, int[] aliases, long[] thresholds) {
    this.codes = codes;
    this.aliases = aliases;
    this.thresholds = thresholds;
  }

  /** Codes by weight; weights need not add up to one, but one at least is above zero. */
  static CodeDraw of(int[] codes, double[] weights) {
    int n = codes.length;
    double total = Arrays.stream(weights).sum();
    if (n == 0 || weights.length != n || !(total > 0)) {
      throw new IllegalArgumentException("no weight to draw from");
    }
    double[] scaled = Arrays.stream(weights).map(weight -> weight * n / total).toArray();
    int[] aliases = new int[n];
    long[] thresholds = new long[n];
    // Indices below one from the left, the others from the right, of one work array.
    int[] work = new int[n];
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      if (scaled[i] < 1) {
        work[small++] = i;
      } else {
        work[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int less = work[--small];
      int more = work[large];
      thresholds[less] = (long) (scaled[less] * SCALE);
      aliases[less] = more;
      scaled[more] -= 1 - scaled[less];
      if (scaled[more] < 1) {
        large++;
        work[small++] = more;
      }
    }
    while (large < n) {
      thresholds[work[large++]] = (long) SCALE;
    }
    while (small > 0) {
      thresholds[work[--small]] = (long) SCALE;
    }
    return new CodeDraw(codes.clone(), aliases, thresholds);
  }

  /** Codes 0, 1, 2… with the given weights. */
  static CodeDraw ofIndices(double[] weights) {
    int[] indices = new int[weights.length];
    Arrays.setAll(indices, i -> i);
    return of(indices, weights);
  }

  /** A list such as {@code 1:94|12:2}: code, colon, weight. */
  static CodeDraw parse(String list) {
    String[] entries = list.split("\\|", -1);
    int[] codes = new int[entries.length];
    double[] weights = new double[entries.length];
    for (int i = 0; i < entries.length; i++) {
      int colon = entries[i].indexOf(':');
      codes[i] = Integer.parseInt(entries[i].substring(0, colon));
      weights[i] = Double.parseDouble(entries[i].substring(colon + 1));
    }
    return of(codes, weights);
  }

  /** The same draw giving, instead of codes, their positions in a sorted list. */
  CodeDraw toIndices(int[] sortedCodes) {
    int[] indices =
        Arrays.stream(codes).map(code -> Arrays.binarySearch(sortedCodes, code)).toArray();
    if (Arrays.stream(indices).anyMatch(index -> index < 0)) {
      throw new IllegalArgumentException("a code is not in the list");
    }
    return new CodeDraw(indices, aliases, thresholds);
  }

  int draw(SplittableRandom random) {
    long bits = random.nextLong();
    int index = (int) (((bits >>> 32) * codes.length) >>> 32);
    return (bits & 0xffff_ffffL) < thresholds[index] ? codes[index] : codes[aliases[index]];
  }
}
