package fr.opendamir.ingest.synthetic;

/** Iterative proportional fitting of a table to the shares of its rows and columns. */
final class ProportionalFit {

  private static final int ROUNDS = 60;

  private ProportionalFit() {}

  /** Scales {@code table} in place; zeros stay zeros, columns come out exact. */
  static void fit(double[][] table, double[] rowShares, double[] columnShares) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rowShares.length; i++) {
        double sum = 0;
        for (double cell : table[i]) {
          sum += cell;
        }
        double factor = sum > 0 ? rowShares[i] / sum : 0;
        for (int j = 0; j < columnShares.length; j++) {
          table[i][j] *= factor;
        }
      }
      for (int j = 0; j < columnShares.length; j++) {
        double sum = 0;
        for (double[] row : table) {
          sum += row[j];
        }
        double factor = sum > 0 ? columnShares[j] / sum : 0;
        for (double[] row : table) {
          row[j] *= factor;
        }
      }
    }
  }
}
