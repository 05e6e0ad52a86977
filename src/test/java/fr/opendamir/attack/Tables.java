package fr.opendamir.attack;

import java.util.List;

/** The tables worth attacking: those that people ask for and that have small cells. */
final class Tables {
  static final List<List<String>> ONE =
      SmallCellsMonth.dimensions().stream().map(List::of).toList();

  static final List<List<String>> TWO =
      List.of(
          List.of("region", "service"),
          List.of("age_band", "service"),
          List.of("sex", "service"),
          List.of("service", "provider_specialty"),
          List.of("region", "provider_specialty"),
          List.of("age_band", "provider_specialty"),
          List.of("region", "complementary_cover"));

  static final List<List<String>> THREE =
      List.of(
          List.of("region", "age_band", "service"),
          List.of("region", "sex", "service"),
          List.of("age_band", "sex", "service"),
          List.of("region", "service", "provider_specialty"),
          List.of("sex", "service", "provider_specialty"),
          List.of("age_band", "service", "provider_specialty"),
          List.of("region", "age_band", "provider_specialty"),
          List.of("service", "exemption", "region"));

  private Tables() {}

  static List<TrueCell> smallCells(Truth truth, List<List<String>> tables) {
    return tables.stream().flatMap(table -> truth.smallCells(table).stream()).toList();
  }
}
