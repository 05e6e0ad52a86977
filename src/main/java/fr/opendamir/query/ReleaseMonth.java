package fr.opendamir.query;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * One month of a release: the file it comes from, and how the blocks came about.
 *
 * @param imports the import of the month and the revisions of it, oldest first
 * @param fileName of the newest file, as the next four
 * @param policyId the policy all its blocks were made by
 * @param lines of the newest file
 * @param blocks of all its imports together
 * @param smallestBlock contributors of the smallest of them
 * @param totals cents, or acts for the quantity, of all lines of the newest file
 * @param notDisclosed by level: the charged cents whose code is not disclosed there
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
    Map<Level, Long> notDisclosed) {
  public ReleaseMonth {
    imports = List.copyOf(imports);
    totals = Map.copyOf(totals);
    notDisclosed = Map.copyOf(notDisclosed);
  }

  /** How often the month was revised since it was first published. */
  public int revisions() {
    return imports.size() - 1;
  }

  /** By level: share (0..1) of the charged amount whose code is not disclosed. */
  public Map<Level, BigDecimal> notDisclosedShares() {
    return Release.notDisclosedShares(List.of(this));
  }
}
