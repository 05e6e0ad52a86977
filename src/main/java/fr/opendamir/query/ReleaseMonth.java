package fr.opendamir.query;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One month of a release, with its source file and facts about its blocks.
 *
 * @param imports the import of the month and its revisions, oldest first
 * @param fileName name of the newest file; {@code fileBytes}, {@code sha256} and {@code synthetic}
 *     describe the same file
 * @param sha256 checksum of the file if it is public; null for other files, whose content it could
 *     confirm
 * @param policyId the disclosure policy that all blocks were made with
 * @param lines number of lines of the newest file
 * @param blocks number of blocks of all imports together
 * @param smallestBlock number of contributors of the smallest block
 * @param totals sums over all lines of the newest file, in cents (in acts for the quantity)
 * @param notDisclosed by level, except period levels, and measure: the acts or cents whose code is
 *     not disclosed; a measure is absent if the import did not sum it
 */
public record ReleaseMonth(
    List<ReleaseImport> imports,
    YearMonth month,
    String fileName,
    long fileBytes,
    String sha256,
    String policyId,
    boolean synthetic,
    boolean acceptedLoss,
    long lines,
    long blocks,
    long smallestBlock,
    Map<SourceMeasure, Long> totals,
    Map<Level, Map<SourceMeasure, Long>> notDisclosed) {
  public ReleaseMonth {
    imports = List.copyOf(imports);
    totals = Map.copyOf(totals);
    notDisclosed = Map.copyOf(notDisclosed);
  }

  /** The number of revisions since the month was first published. */
  public int revisions() {
    return imports.size() - 1;
  }

  /** The acts or cents whose code is not disclosed at a level; empty if unknown. */
  OptionalLong notDisclosed(Level level, SourceMeasure measure) {
    if (level.dimension() == Dimension.MONTH) {
      return OptionalLong.of(0);
    }
    Long lost = notDisclosed.getOrDefault(level, Map.of()).get(measure);
    return lost == null ? OptionalLong.empty() : OptionalLong.of(lost);
  }

  /** The shares of this month, as {@link Release#notDisclosedShares()} has them. */
  public Map<Level, Map<SourceMeasure, BigDecimal>> notDisclosedShares() {
    return Release.notDisclosedShares(List.of(this));
  }
}
