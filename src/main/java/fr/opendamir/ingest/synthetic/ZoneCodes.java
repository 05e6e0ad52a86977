package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Map;
import java.util.Set;

/**
 * Zones of the files until 2014 in the place of regions. Zones join whole regions of their time, of
 * which today's regions join others: each region is in the zone where most of its people lived.
 */
final class ZoneCodes {
  /** The columns that have zones in the place of regions. */
  static final Set<SourceColumn> COLUMNS =
      Set.of(
          SourceColumn.ORG_CLE_REG,
          SourceColumn.BEN_RES_REG,
          SourceColumn.ETE_REG_COD,
          SourceColumn.ETP_REG_COD,
          SourceColumn.EXE_INS_REG,
          SourceColumn.PRE_INS_REG);

  private static final Map<Integer, Integer> ZONES =
      Map.ofEntries(
          Map.entry(11, 1),
          Map.entry(24, 2),
          Map.entry(27, 2),
          Map.entry(28, 2),
          Map.entry(32, 3),
          Map.entry(44, 4),
          Map.entry(52, 5),
          Map.entry(53, 5),
          Map.entry(75, 6),
          Map.entry(76, 6),
          Map.entry(84, 7),
          Map.entry(93, 8),
          Map.entry(5, 9));

  private static final int UNKNOWN = 0;

  private ZoneCodes() {}

  /** Returns the zone of a region; the unknown zone of the unknown region. */
  static int of(int region) {
    return ZONES.getOrDefault(region, UNKNOWN);
  }
}
