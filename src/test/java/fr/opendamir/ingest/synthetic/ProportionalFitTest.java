package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionalFitTest {

  @Test
  void givesATableTheSharesOfItsRowsAndColumns() {
    double[][] table = {{1, 1, 0}, {1, 2, 3}};
    ProportionalFit.fit(table, new double[] {0.3, 0.7}, new double[] {0.2, 0.5, 0.3});
    assertThat(table[0][0] + table[0][1] + table[0][2]).isCloseTo(0.3, within(1e-6));
    assertThat(table[0][0] + table[1][0]).isCloseTo(0.2, within(1e-9));
    assertThat(table[0][1] + table[1][1]).isCloseTo(0.5, within(1e-9));
    assertThat(table[0][2]).isZero();
  }
}
