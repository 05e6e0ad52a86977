package fr.opendamir.query;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.CodeFilter;
import fr.opendamir.question.Question;
import fr.opendamir.reference.Population.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The people that the filters of a question select. */
final class SelectedPeople {
  /** The dimensions of the population other than periods. */
  static final List<Dimension> DIMENSIONS =
      List.of(Dimension.REGION, Dimension.SEX, Dimension.AGE_BAND);

  /** The age bands of Open DAMIR in each age group of the population. */
  static final Map<String, List<String>> BANDS =
      Map.of(
          "0_19", List.of("0"),
          "20_39", List.of("20", "30"),
          "40_59", List.of("40", "50"),
          "60_plus", List.of("60", "70", "80"));

  private static final Set<String> SEXES = Set.of("1", "2");

  private final List<CodeFilter> filters;

  private SelectedPeople(List<CodeFilter> filters) {
    this.filters = filters;
  }

  static SelectedPeople of(Question question) {
    return new SelectedPeople(
        question.filters().stream()
            .filter(filter -> DIMENSIONS.contains(filter.level().dimension()))
            .toList());
  }

  /** Whether the population is known by a level. */
  static boolean isOfPeople(Level level) {
    return DIMENSIONS.contains(level.dimension()) && level != Level.AGE_BAND;
  }

  /** The code of a level that people have. */
  static String code(Level level, Cell cell) {
    return switch (level.dimension()) {
      case REGION -> cell.region();
      case SEX -> cell.sex();
      default -> cell.ageGroup();
    };
  }

  boolean contains(Cell cell) {
    return filters.stream()
        .allMatch(filter -> filter.excluded() != codes(filter.level(), cell, filter.codes()));
  }

  private static boolean codes(Level level, Cell cell, List<String> codes) {
    return level == Level.AGE_BAND
        ? codes.containsAll(BANDS.get(cell.ageGroup()))
        : codes.contains(code(level, cell));
  }

  /** Whether a filter selects codes of a dimension that no population has, such as region 99. */
  boolean holdsOthers(Dimension dimension) {
    return filters.stream()
        .filter(filter -> filter.level().dimension() == dimension && !filter.excluded())
        .anyMatch(
            filter -> !filter.codes().stream().allMatch(code -> isKnown(filter.level(), code)));
  }

  private static boolean isKnown(Level level, String code) {
    return switch (level.dimension()) {
      case REGION -> !code.equals("99") && code.chars().allMatch(Character::isDigit);
      case SEX -> SEXES.contains(code);
      default ->
          level == Level.AGE_BAND
              ? BANDS.values().stream().anyMatch(bands -> bands.contains(code))
              : BANDS.containsKey(code);
    };
  }

  /**
   * The age groups that the filters on age bands select in part only; empty if they select whole
   * groups.
   */
  List<String> brokenAgeGroups() {
    List<String> broken = new ArrayList<>();
    for (CodeFilter filter : filters) {
      if (filter.level() == Level.AGE_BAND) {
        BANDS.keySet().stream()
            .sorted()
            .filter(
                group -> {
                  long held = BANDS.get(group).stream().filter(filter.codes()::contains).count();
                  return held > 0 && held < BANDS.get(group).size();
                })
            .forEach(broken::add);
      }
    }
    return broken;
  }

  /** The age groups that a filter on age bands touches. */
  Set<String> touchedAgeGroups() {
    Set<String> touched = new LinkedHashSet<>();
    for (CodeFilter filter : filters) {
      if (filter.level() == Level.AGE_BAND) {
        BANDS.keySet().stream()
            .sorted()
            .filter(group -> BANDS.get(group).stream().anyMatch(filter.codes()::contains))
            .forEach(touched::add);
      }
    }
    return touched;
  }
}
