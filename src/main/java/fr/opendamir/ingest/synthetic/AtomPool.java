package fr.opendamir.ingest.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The atoms of a month and how many lines each is expected to get. Drawing lines from a pool bounds
 * the number of distinct atoms, as in a real month, where about a million of them share 36.6
 * million lines.
 */
final class AtomPool {

  /**
   * Draws for a month of {@link #FULL_LINES} lines; chosen so that about a million are distinct.
   */
  private static final double FULL_DRAWS = 2_700_000;

  private static final double FULL_LINES = 36_640_259;

  /** A month of fewer lines has fewer atoms, but not in proportion: popular ones are met first. */
  private static final double GROWTH = 0.7;

  private static final int FEWEST_DRAWS = 4_000;

  private final long[] atoms;
  private final float[] logExpectedLines;
  private final float[] popularity;
  private final CodeDraw draw;

  private AtomPool(long[] atoms, double[] weights, long lines) {
    this.atoms = atoms;
    this.draw = CodeDraw.ofIndices(weights);
    this.logExpectedLines = new float[atoms.length];
    this.popularity = new float[atoms.length];
    double total = Arrays.stream(weights).sum();
    long[] byWeight = new long[atoms.length];
    for (int i = 0; i < atoms.length; i++) {
      logExpectedLines[i] = (float) StrictMath.log(weights[i] / total * lines);
      // Bits of a positive float sort like the number; the index breaks ties.
      byWeight[i] = (long) Float.floatToIntBits((float) weights[i]) << 32 | i;
    }
    Arrays.sort(byWeight);
    double below = 0;
    for (long entry : byWeight) {
      int atom = (int) entry;
      double share = weights[atom] / total;
      popularity[atom] = Normal.score(below + share / 2);
      below += share;
    }
  }

  static AtomPool create(AtomModel model, List<Margin> margins, long lines, long seed) {
    int draws =
        (int) Math.max(FEWEST_DRAWS, FULL_DRAWS * StrictMath.pow(lines / FULL_LINES, GROWTH));
    SplittableRandom random = new SplittableRandom(seed);
    long[] drawn = new long[draws];
    for (int i = 0; i < draws; i++) {
      drawn[i] = model.draw(random);
    }
    Arrays.sort(drawn);
    long[] atoms = new long[draws];
    double[] weights = new double[draws];
    int distinct = 0;
    for (int i = 0; i < draws; i++) {
      if (i == 0 || drawn[i] != drawn[i - 1]) {
        atoms[distinct++] = drawn[i];
      }
      weights[distinct - 1] += 1.0 / draws;
    }
    atoms = Arrays.copyOf(atoms, distinct);
    weights = Arrays.copyOf(weights, distinct);
    Raking.rake(atoms, weights, margins);
    return new AtomPool(atoms, weights, lines);
  }

  int drawIndex(SplittableRandom random) {
    return draw.draw(random);
  }

  long atom(int index) {
    return atoms[index];
  }

  /** Natural logarithm of the number of lines the atom is expected to get. */
  float logExpectedLines(int index) {
    return logExpectedLines[index];
  }

  /** Standard normal score of the atom of a line among those of all lines: how popular it is. */
  float popularity(int index) {
    return popularity[index];
  }
}
