package fr.opendamir.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The population on 1 January of each year, by region, sex and age group. */
public final class Population {
  /** A group of people. */
  public record Cell(String region, String sex, String ageGroup) {}

  private final Map<Integer, Map<Cell, Long>> people = new HashMap<>();
  private final NavigableSet<Integer> years = new TreeSet<>();
  private final String version;

  private Population(ReferenceTable table) {
    version = table.versionedId();
    for (List<String> row : table.rows()) {
      int year = Integer.parseInt(row.get(0));
      years.add(year);
      people
          .computeIfAbsent(year, any -> new HashMap<>())
          .put(new Cell(row.get(1), row.get(2), row.get(3)), Long.parseLong(row.get(4)));
    }
  }

  public static Population of(ReferenceTables tables) {
    return new Population(tables.get(ReferenceTables.POPULATION));
  }

  /** The name and version of its table. */
  public String version() {
    return version;
  }

  /** The cells, in no order. */
  public Iterable<Cell> cells() {
    return people.get(firstYear()).keySet();
  }

  /** Whether there is a population for a year. */
  public boolean has(int year) {
    return years.contains(year);
  }

  public int firstYear() {
    return years.first();
  }

  public int lastYear() {
    return years.last();
  }

  /** Whether the mean of a year is its 1 January alone, because the next one is not known yet. */
  public boolean isProvisional(int year) {
    return year == lastYear();
  }

  /**
   * Twice the mean population of a year: 1 January of the year plus that of the next one, or twice
   * that of the year if it is provisional.
   */
  public long twiceTheMean(int year, Cell cell) {
    return people.get(year).get(cell) + people.get(isProvisional(year) ? year : year + 1).get(cell);
  }
}
