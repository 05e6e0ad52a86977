package fr.opendamir.ingest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an import runs.
 *
 * @param temporaryFolder where the run makes its own folder, removed at the end
 * @param memoryBytes bound of the analytical database
 * @param threads its worker threads
 * @param warnAbove share of the charged amount (0..1) whose loss at an important level warns
 * @param refuseAbove share whose loss refuses the file
 * @param acceptLoss publish however much detail is lost
 * @param replace take the place of published months, withdrawing their releases, instead of
 *     revising them
 * @param archiveFolder where the atoms of imported files are kept; absent where they are not
 * @param rollupBudget rows of rollups that may be stored for each block; 0 for none
 * @param synthetic the files are synthetic whatever their names say
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
    double rollupBudget,
    boolean synthetic) {}
