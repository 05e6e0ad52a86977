package fr.opendamir.ingest.synthetic;

import java.util.List;

/**
 * Weighs atoms so that the shares of every variable become the published ones, one variable after
 * the other in several rounds (raking, as in survey sampling). Relations between variables stay
 * those of the model as far as the shares allow.
 */
final class Raking {

  private static final int ROUNDS = 12;

  /** One step never changes a weight by more: a code drawn once must not carry a whole share. */
  private static final double LARGEST_FACTOR = 4;

  private Raking() {}

  /** Changes {@code weights} in place; they add up to about one afterwards. */
  static void rake(long[] atoms, double[] weights, List<Margin> margins) {
    for (int round = 0; round < ROUNDS; round++) {
      for (Margin margin : margins) {
        rake(atoms, weights, margin);
      }
    }
  }

  private static void rake(long[] atoms, double[] weights, Margin margin) {
    double[] factors = new double[margin.codeCount()];
    double total = 0;
    for (int i = 0; i < atoms.length; i++) {
      factors[margin.codeIndex(atoms[i])] += weights[i];
      total += weights[i];
    }
    for (int code = 0; code < factors.length; code++) {
      double factor = factors[code] > 0 ? margin.share(code) * total / factors[code] : 0;
      factors[code] = Math.max(1 / LARGEST_FACTOR, Math.min(LARGEST_FACTOR, factor));
    }
    for (int i = 0; i < atoms.length; i++) {
      weights[i] *= factors[margin.codeIndex(atoms[i])];
    }
  }
}
