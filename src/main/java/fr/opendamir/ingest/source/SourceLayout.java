package fr.opendamir.ingest.source;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The column sets of the monthly files. A file has the layout that its header shows: the names of
 * its columns, and what its codes of geography mean. All layouts have the variables of every
 * dimension and measure.
 *
 * <p>Source: headers of the 132 files 2015-2025, and for the files before them the official lexicon
 * of their 55 variables. The import maps columns by name. Every header and line since 2015 ends
 * with {@code ;}, so that a parser sees an additional empty field; earlier ones are read with and
 * without it.
 */
public enum SourceLayout {
  /**
   * 2009 to 2014: the 55 columns of {@link #COLUMNS_55}, except that the six columns of geography
   * hold zones (ZEAT) and have names of their own.
   */
  ZONES_55(YearMonth.of(2009, 1), EnumSet.of(SourceColumn.ETB_DCS_MCO)),
  /** January 2015 to July 2023: 55 columns, without {@code ETB_DCS_MCO}. */
  COLUMNS_55(YearMonth.of(2015, 1), EnumSet.of(SourceColumn.ETB_DCS_MCO)),
  /** August 2023 to September 2024: 54 columns, with {@code ETB_DCS_MCO} but without two others. */
  COLUMNS_54(
      YearMonth.of(2023, 8), EnumSet.of(SourceColumn.PSP_STJ_SNDS, SourceColumn.TOP_PS5_TRG)),
  /** Since October 2024: all 56 columns. */
  COLUMNS_56(YearMonth.of(2024, 10), EnumSet.noneOf(SourceColumn.class));

  private static final Map<SourceColumn, String> ZONE_NAMES =
      Map.of(
          SourceColumn.ORG_CLE_REG, "ORG_CLE_ZEAT",
          SourceColumn.BEN_RES_REG, "BEN_RES_ZEAT",
          SourceColumn.ETE_REG_COD, "ETE_ZEAT_COD",
          SourceColumn.ETP_REG_COD, "ETP_ZEAT_COD",
          SourceColumn.EXE_INS_REG, "EXE_INS_ZEAT",
          SourceColumn.PRE_INS_REG, "PRE_INS_ZEAT");

  private static final Map<String, SourceColumn> ZONE_COLUMNS =
      ZONE_NAMES.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  /** So that zone 5 is not taken for region 5. */
  private static final String ZONE_PREFIX = "Z";

  private final YearMonth firstMonth;
  private final List<SourceColumn> columns;

  SourceLayout(YearMonth firstMonth, Set<SourceColumn> absent) {
    this.firstMonth = firstMonth;
    this.columns =
        Arrays.stream(SourceColumn.values()).filter(column -> !absent.contains(column)).toList();
  }

  /** The columns in header order. */
  public List<SourceColumn> columns() {
    return columns;
  }

  /** The name of a column in headers of this layout. */
  public String nameOf(SourceColumn column) {
    return hasZones() ? ZONE_NAMES.getOrDefault(column, column.name()) : column.name();
  }

  /** The column with that name, in capitals, in headers of this layout. */
  Optional<SourceColumn> find(String name) {
    return hasZones() && ZONE_COLUMNS.containsKey(name)
        ? Optional.of(ZONE_COLUMNS.get(name))
        : SourceColumn.find(name);
  }

  /** Whether its six columns of geography hold the zones in use until 2014, not regions. */
  public boolean hasZones() {
    return this == ZONES_55;
  }

  /**
   * The prefix of the codes of a column in the codes of its dimension; empty except for the column
   * of the zones where patients live.
   */
  public String codePrefix(SourceColumn column) {
    return hasZones() && column == SourceColumn.BEN_RES_REG ? ZONE_PREFIX : "";
  }

  /** Whether files of that month have this geography: zones until 2014, regions from 2015 on. */
  public boolean isOf(YearMonth month) {
    return hasZones() == month.isBefore(COLUMNS_55.firstMonth);
  }

  /**
   * Returns the layout in which the producer published that month; the first one for earlier
   * months.
   */
  public static SourceLayout of(YearMonth month) {
    SourceLayout found = ZONES_55;
    for (SourceLayout layout : values()) {
      if (!month.isBefore(layout.firstMonth)) {
        found = layout;
      }
    }
    return found;
  }

  /**
   * Recognises the layout of a header. Headers that lack other columns, or have more of them, count
   * as the layout that they resemble.
   *
   * @param names in capitals
   */
  static SourceLayout of(Collection<String> names) {
    if (names.contains(ZONE_NAMES.get(SourceColumn.BEN_RES_REG))
        && !names.contains(SourceColumn.BEN_RES_REG.name())) {
      return ZONES_55;
    }
    if (!names.contains(SourceColumn.ETB_DCS_MCO.name())) {
      return COLUMNS_55;
    }
    return names.contains(SourceColumn.TOP_PS5_TRG.name()) ? COLUMNS_56 : COLUMNS_54;
  }
}
