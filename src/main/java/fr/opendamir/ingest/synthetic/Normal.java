package fr.opendamir.ingest.synthetic;

/** The standard normal distribution, as far as drawing quantities needs it. */
final class Normal {

  private static final int LEVELS = 1 << 14;
  private static final float[] SCORES = scores();

  private Normal() {}

  /**
   * Probability that a standard normal exceeds z, with a relative error of 1.2e-7 in the tail as
   * well (Chebyshev fit of the complementary error function, Numerical Recipes 6.2).
   */
  static double upperTail(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + x / 2);
    double[] c = {
      -1.26551223,
      1.00002368,
      .37409196,
      .09678418,
      -.18628806,
      .27886807,
      -1.13520398,
      1.48851587,
      -.82215223,
      .17087277
    };
    double sum = 0;
    for (int i = c.length - 1; i >= 0; i--) {
      sum = sum * t + c[i];
    }
    double tail = t * StrictMath.exp(-x * x + sum) / 2;
    return z >= 0 ? tail : 1 - tail;
  }

  /** The score below which a share of the distribution lies, to about four digits. */
  static float score(double share) {
    return SCORES[Math.max(0, Math.min(LEVELS - 1, (int) (share * LEVELS)))];
  }

  private static float[] scores() {
    float[] scores = new float[LEVELS];
    double z = -5;
    for (int i = 0; i < LEVELS; i++) {
      double share = (i + 0.5) / LEVELS;
      while (1 - upperTail(z) < share) {
        z += 5e-4;
      }
      scores[i] = (float) z;
    }
    return scores;
  }
}
