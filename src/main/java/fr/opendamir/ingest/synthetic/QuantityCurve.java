package fr.opendamir.ingest.synthetic;

/**
 * Quantities of a line by how far it stands from the average line: a quantile function read with a
 * normal score, so that popular combinations can get the large quantities while the overall
 * distribution stays the published one.
 */
final class QuantityCurve {

  /** Largest quantity of a line in A202501. */
  static final int LARGEST = 829_588;

  /**
   * Schemes that send all fields publish almost no line of one act (2 of 118 genuine lines): half
   * of the lines have 4 acts or more, and the tail is that of A202501 (mean 33, deviation 1,320).
   */
  static final QuantityCurve DETAILED =
      new QuantityCurve(
          new double[] {1, 2, 3, 4, 5, 6, 8, 11, 1000, LARGEST},
          new double[] {1, .985, .71, .59, .50, .43, .32, .213, .0087, 2.2e-6});

  /** Of the schemes that send few fields, 82 % of the lines have one act. */
  static final QuantityCurve UNDETAILED =
      new QuantityCurve(
          new double[] {1, 2, 3, 6, 11, 100, LARGEST},
          new double[] {1, .18, .09, .022, .007, 4e-4, 1e-9});

  private static final double LOWEST = -6;
  private static final double STEP = 0.004;
  private static final int STEPS = 3000;

  private final double[] byScore = new double[STEPS + 1];

  private QuantityCurve(double[] quantities, double[] survival) {
    for (int i = 0; i <= STEPS; i++) {
      byScore[i] = quantile(quantities, survival, Normal.upperTail(LOWEST + i * STEP));
    }
  }

  /** Number of acts for a standard normal score. */
  long at(double score) {
    int index = (int) ((score - LOWEST) / STEP);
    return (long) byScore[Math.max(0, Math.min(STEPS, index))];
  }

  /** Linear between the points in both logarithms, hence a power law beyond the last ones. */
  private static double quantile(double[] quantities, double[] survival, double probability) {
    int above = 1;
    while (above < survival.length - 1 && survival[above] > probability) {
      above++;
    }
    double position =
        (StrictMath.log(probability) - StrictMath.log(survival[above - 1]))
            / (StrictMath.log(survival[above]) - StrictMath.log(survival[above - 1]));
    double log =
        StrictMath.log(quantities[above - 1])
            + position
                * (StrictMath.log(quantities[above]) - StrictMath.log(quantities[above - 1]));
    return Math.min(LARGEST, StrictMath.exp(log));
  }
}
