package fr.opendamir.ingest.source;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The three column sets of the monthly files since 2015. Every header and every line ends with a
 * trailing {@code ;}, so a parser sees an additional empty field.
 *
 * <p>Source: headers of the 132 files 2015-2025. The import maps columns by name and does not
 * depend on these sets; they document the format of each month, and the report names the one it
 * found.
 */
public enum SourceLayout {
  /** January 2015 to July 2023: 55 columns, without {@code ETB_DCS_MCO}. */
  COLUMNS_55(YearMonth.of(2015, 1), EnumSet.of(SourceColumn.ETB_DCS_MCO)),
  /** August 2023 to September 2024: 54 columns, with {@code ETB_DCS_MCO} but without two others. */
  COLUMNS_54(
      YearMonth.of(2023, 8), EnumSet.of(SourceColumn.PSP_STJ_SNDS, SourceColumn.TOP_PS5_TRG)),
  /** Since October 2024: all 56 columns. */
  COLUMNS_56(YearMonth.of(2024, 10), EnumSet.noneOf(SourceColumn.class));

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

  /**
   * Returns the layout in which the producer published that month; the first one for earlier
   * months.
   */
  public static SourceLayout of(YearMonth month) {
    SourceLayout found = COLUMNS_55;
    for (SourceLayout layout : values()) {
      if (!month.isBefore(layout.firstMonth)) {
        found = layout;
      }
    }
    return found;
  }
}
