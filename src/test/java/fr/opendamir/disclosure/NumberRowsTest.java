package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberRowsTest {
  private static final int WIDTH = 3;
  private static final int ROWS = 100_000;

  private final NumberRows rows = new NumberRows(WIDTH);

  @Test
  void rowsOfManyPagesKeepTheirNumbers() {
    fill();
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < WIDTH; column++) {
        assertThat(rows.get(row, column)).isEqualTo(10L * row + column);
      }
    }
  }

  @Test
  void rowsAreZeroAfterOthersWereForgotten() {
    fill();
    rows.clear();
    assertThat(rows.size()).isZero();
    for (int i = 0; i < ROWS; i++) {
      int row = rows.add();
      assertThat(row).isEqualTo(i);
      assertThat(rows.get(row, 0) | rows.get(row, 1) | rows.get(row, 2)).isZero();
    }
  }

  @Test
  void aSumThatDoesNotFitIsAFailure() {
    int row = rows.add();
    rows.set(row, 1, Long.MAX_VALUE - 1);
    rows.plus(row, 1, 1);
    assertThatThrownBy(() -> rows.plus(row, 1, 1)).isInstanceOf(ArithmeticException.class);
  }

  private void fill() {
    for (int row = 0; row < ROWS; row++) {
      rows.add();
      for (int column = 0; column < WIDTH; column++) {
        rows.set(row, column, 10L * row + column);
      }
    }
  }
}
