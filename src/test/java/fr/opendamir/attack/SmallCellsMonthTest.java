package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fixture is worth attacking. */
class SmallCellsMonthTest {
  private static final int LEAST_SMALL_CELLS = 500;

  private final Truth truth = SmallCellsMonth.truth();

  @Test
  void holdsHundredsOfSmallCells() {
    List<List<String>> tables = new ArrayList<>(Tables.TWO);
    tables.addAll(Tables.THREE);
    assertThat(Tables.smallCells(truth, tables)).hasSizeGreaterThanOrEqualTo(LEAST_SMALL_CELLS);
    assertThat(truth.lines()).hasSizeBetween(5_000, 20_000);
  }

  @Test
  void everyTableOfOneDimensionHasOneSmallCellAtMost() {
    assertThat(Tables.ONE).allMatch(table -> truth.smallCells(table).size() <= 1);
    assertThat(Tables.smallCells(truth, Tables.ONE)).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void isTheSameAtEveryRun() {
    assertThat(SmallCellsMonth.truth().lines()).isEqualTo(truth.lines());
  }

  @Test
  void aRevisionChangesSingleActsAndLeavesLittleOfSomeGroups() {
    RevisedMonth month = RevisedMonth.of(truth);
    List<TrueLine> changes = month.changes().lines();
    assertThat(changes).filteredOn(line -> Math.abs(line.quantity()) == 1).hasSizeGreaterThan(55);
    assertThat(changes).filteredOn(line -> line.quantity() >= 11).hasSizeGreaterThan(55);
    assertThat(changes).filteredOn(line -> line.quantity() <= -11).hasSizeGreaterThan(30);
    long change = month.changes().quantity(List.of(), List.of());
    assertThat(month.second().quantity(List.of(), List.of()))
        .isEqualTo(truth.quantity(List.of(), List.of()) + change);
  }
}
