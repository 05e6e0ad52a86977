package fr.opendamir.ingest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options of an import.
 *
 * @param temporaryFolder where the run creates its own folder, removed at the end
 * @param memoryBytes memory for atoms, before they are spilled to the temporary folder
 * @param threads worker threads of the analytical database
 * @param warnAbove share of the charged amount (0..1) whose loss at an important level causes a
 *     warning
 * @param refuseAbove share whose loss causes the file to be refused
 * @param acceptLoss publish whatever the loss of detail
 * @param replace replace published months and withdraw their releases, instead of revising them
 * @param archiveFolder where the atoms of imported files are archived; empty if they are not
 * @param keyFolder where the key of digests of files that are not public is created at first use
 * @param rollupBudget rows of rollups that may be stored in the database for each block; 0 disables
 *     them
 * @param segmentBudget rows of rollups that may be stored as segments for each block; 0 disables
 *     them
 * @param synthetic treat the files as synthetic, also without the mark of generated ones
 * @param publicSource the files are public, so that their SHA-256 may be published
 * @param verify read each file a second time in another way, and compare
 * @param version of the application: another one does not publish what this one has loaded
 */
public record ImportOptions(
    Path temporaryFolder,
    long memoryBytes,
    int threads,
    BigDecimal warnAbove,
    BigDecimal refuseAbove,
    boolean acceptLoss,
    boolean replace,
    Optional<Path> archiveFolder,
    Path keyFolder,
    double rollupBudget,
    double segmentBudget,
    boolean synthetic,
    boolean publicSource,
    boolean verify,
    String version) {

  /** With less, the database that makes the blocks of a month is slow, or fails. */
  private static final long LEAST_MEMORY = 256L << 20;

  /** Whether there is memory for two files at a time. */
  boolean canReadAhead() {
    return memoryBytes >= 2 * LEAST_MEMORY;
  }

  /** Returns the same options with another bound of memory. */
  public ImportOptions withMemory(long bytes) {
    return new ImportOptions(
        temporaryFolder,
        bytes,
        threads,
        warnAbove,
        refuseAbove,
        acceptLoss,
        replace,
        archiveFolder,
        keyFolder,
        rollupBudget,
        segmentBudget,
        synthetic,
        publicSource,
        verify,
        version);
  }

  /** Everything that decides what an import loads or refuses, as text. */
  String effect() {
    return List.of(
            version,
            warnAbove,
            refuseAbove,
            acceptLoss,
            replace,
            archiveFolder.isPresent(),
            rollupBudget,
            segmentBudget,
            synthetic,
            publicSource,
            verify)
        .toString();
  }
}
