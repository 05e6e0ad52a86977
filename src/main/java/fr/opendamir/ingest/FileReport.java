package fr.opendamir.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.rollup.ScannedRows;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result of importing one file. Amounts are euros with two decimals, shares are in 0..1, times
 * in seconds.
 *
 * @param status published; unchanged; failed; loaded, if it was not published because another file
 *     failed; skipped, if the import stopped before it; checked, if nothing was to be published
 * @param error why it failed, or was skipped
 * @param release in which it was published
 * @param sha256 checksum of the file; absent unless the file is public
 * @param revises the published import whose month this one changes; absent if it replaces or adds a
 *     month
 * @param rollups the sums by sets of levels that are stored with the blocks
 * @param notDisclosed by level, then measure: the share that is not disclosed
 * @param undocumentedCodes by level: codes outside the lists and how many lines hold them; null if
 *     fewer lines than the threshold do
 * @param totals by measure: the sums of the lines and of the blocks in the database
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileReport(
    String file,
    String status,
    String error,
    String release,
    String month,
    @JsonProperty("import_id") Long importId,
    String sha256,
    Boolean synthetic,
    String policy,
    Long revises,
    Long bytes,
    Long lines,
    Long atoms,
    Long blocks,
    @JsonProperty("smallest_block") Long smallestBlock,
    Rollups rollups,
    @JsonProperty("stage_seconds") Map<String, BigDecimal> stageSeconds,
    @JsonProperty("not_disclosed") Map<String, Map<String, BigDecimal>> notDisclosed,
    @JsonProperty("undocumented_codes") Map<String, Map<String, Long>> undocumentedCodes,
    Map<String, Control> totals,
    @JsonProperty("totals_verified") Boolean totalsVerified,
    List<String> warnings) {

  /** One control total. */
  public record Control(BigDecimal lines, BigDecimal blocks) {}

  /**
   * The rollups of the import, and how much they save.
   *
   * @param count number of rollups
   * @param rows of all rollups
   * @param mean mean number of rows of the month that a question of up to four levels scans
   * @param median the number of rows that half the questions do not exceed
   * @param p95 the number of rows that 95 % of the questions do not exceed
   * @param largest the five largest rollups, with their rows
   */
  public record Rollups(
      int count, long rows, long mean, long median, long p95, Map<String, Long> largest) {
    private static final int SHOWN = 5;

    static Rollups of(Map<Grouping, Long> rows, long blocks) {
      Map<String, Long> largest = new LinkedHashMap<>();
      rows.entrySet().stream()
          .sorted(Map.Entry.<Grouping, Long>comparingByValue().reversed())
          .limit(SHOWN)
          .forEach(entry -> largest.put(entry.getKey().id(), entry.getValue()));
      ScannedRows scanned = ScannedRows.of(rows, blocks);
      return new Rollups(
          rows.size(),
          rows.values().stream().mapToLong(Long::longValue).sum(),
          scanned.mean(),
          scanned.percentile(0.5),
          scanned.percentile(0.95),
          largest);
    }
  }

  /** Returns the same report after the release is published. */
  FileReport published(String newRelease) {
    return with("published", newRelease, importId, warnings);
  }

  /** Returns the same report after what was loaded is deleted, as was asked for. */
  FileReport discarded() {
    return with("checked", null, null, warnings);
  }

  /** Returns the same report with an additional warning. */
  FileReport withWarning(String warning) {
    return with(
        status,
        release,
        importId,
        Stream.concat(warnings.stream(), Stream.of(warning)).distinct().toList());
  }

  private FileReport with(
      String newStatus, String newRelease, Long newId, List<String> newWarnings) {
    return new FileReport(
        file,
        newStatus,
        error,
        newRelease,
        month,
        newId,
        sha256,
        synthetic,
        policy,
        revises,
        bytes,
        lines,
        atoms,
        blocks,
        smallestBlock,
        rollups,
        stageSeconds,
        notDisclosed,
        undocumentedCodes,
        totals,
        totalsVerified,
        newWarnings);
  }

  static FileReport failed(String file, String error) {
    return without(file, "failed", error);
  }

  static FileReport skipped(String file, String error) {
    return without(file, "skipped", error);
  }

  private static FileReport without(String file, String status, String error) {
    return new FileReport(
        file, status, error, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null);
  }

  static FileReport unchanged(String file, PublishedImport published, long bytes) {
    return new FileReport(
        file,
        "unchanged",
        null,
        null,
        published.month().toString(),
        published.id(),
        published.digest().sha256().orElse(null),
        published.synthetic(),
        published.policyId(),
        null,
        bytes,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of("already published in release " + published.releaseId() + "; nothing was changed"));
  }
}
