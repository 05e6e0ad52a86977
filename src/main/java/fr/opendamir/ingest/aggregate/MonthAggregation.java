package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.rollup.BlockSample;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.StrictReading;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processing of one month from file to blocks. Call {@link #scan} or {@link #readAtoms}, then
 * {@link #protect}, then {@link #export}; closing releases all memory. Not thread-safe.
 */
public final class MonthAggregation implements AutoCloseable {
  private final Optional<MonthlyFile> file;
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final DuckDbSession session;
  private final long memoryBytes;
  private List<CodeColumn> columns = List.of();
  private StrictReading firstReading;
  private YearMonth month;
  private int publishedImports;
  private RollupTables rollups;
  private BackgroundWork archive;

  public MonthAggregation(
      MonthlyFile file, Catalog catalog, DisclosurePolicy policy, AggregationSettings settings) {
    this(Optional.of(file), catalog, policy, settings);
  }

  /** Processes archived atoms. */
  public MonthAggregation(Catalog catalog, DisclosurePolicy policy, AggregationSettings settings) {
    this(Optional.empty(), catalog, policy, settings);
  }

  private MonthAggregation(
      Optional<MonthlyFile> file,
      Catalog catalog,
      DisclosurePolicy policy,
      AggregationSettings settings) {
    this.file = file;
    this.catalog = catalog;
    this.policy = policy;
    this.weights = new ContributorWeights(policy, catalog);
    this.session = new DuckDbSession(settings);
    this.memoryBytes = settings.memoryBytes();
  }

  /**
   * Reads the file, checks every line and sums the lines into atoms.
   *
   * @param progress receives the number of lines read so far and the share of the file, 0..1
   * @throws InvalidSourceFileException when a line is wrong; the message says which and why
   */
  public SourceTotals scan(ScanProgress progress) {
    MonthlyFile scanned = file.orElseThrow();
    StrictReading reading =
        new MonthScan(scanned, session, catalog, policy, weights, memoryBytes, progress).run();
    checkMonth(scanned, reading.month());
    UnusedMemory.giveBack(session.number("SELECT count(*) FROM line_sum"));
    firstReading = reading;
    columns = CodeColumns.of(catalog, reading.wordColumns());
    month = reading.month();
    return new SourceTotals(
        reading.month(), reading.lines(), reading.shortLines(), reading.totals());
  }

  /**
   * Reads the file that was {@link #scan scanned} once more, in another way, and compares all
   * atoms.
   *
   * @throws IllegalStateException if they differ
   */
  public void readAgain() {
    new SecondReading(file.orElseThrow(), session, columns, policy, weights).run(firstReading);
  }

  /**
   * Reads the atoms that were {@linkplain #protect archived}, under a policy with the same acts per
   * person: they decide which lines are of few contributors.
   *
   * @param published the month of processing
   */
  public void readAtoms(YearMonth published, Path atoms) {
    month = published;
    columns = new AtomArchive(session, CodeColumns.of(catalog, Set.of())).readAtoms(atoms);
  }

  private static void checkMonth(MonthlyFile scanned, YearMonth month) {
    if (scanned.nameMonth().isPresent() && !scanned.nameMonth().get().equals(month)) {
      throw new InvalidSourceFileException(
          scanned.path(),
          "is named for "
              + scanned.nameMonth().get()
              + " but its lines are of "
              + month
              + "; rename it if the lines are right");
    }
  }

  /**
   * Returns the codes outside the lists, by level and code, with the number of lines that hold
   * them. Call it before {@link #protect}.
   */
  public Map<Level, Map<String, Long>> undocumentedCodes() {
    Map<Level, Map<String, Long>> found = new EnumMap<>(Level.class);
    for (CodeColumn column : columns) {
      Level level = Level.of(column.dimension()).get(0);
      Map<String, Long> counts = new LinkedHashMap<>();
      session.forEach(
          """
          SELECT %s AS code, lines
          FROM (SELECT %s, sum(lines)::BIGINT AS lines FROM line_sum GROUP BY ALL) ORDER BY code
          """
              .formatted(column.decode(column.name()), column.name()),
          row -> {
            if (!catalog.isDocumented(level, row.getString("code"))) {
              counts.put(row.getString("code"), row.getLong("lines"));
            }
          });
      if (!counts.isEmpty()) {
        found.put(level, counts);
      }
    }
    return found;
  }

  /**
   * Starts to archive the contents of the blocks for a later revision, after {@link #protect} and
   * in the background; they reveal contributors.
   */
  public void startArchivingBlocks(Path target) {
    List<CodeColumn> encoding = columns;
    archive().start(session -> new AtomArchive(session, encoding).writeBlocks(target));
  }

  /** Waits until everything is archived; throws the failure of what could not be. */
  public void finishArchive() {
    archive().finish();
  }

  private BackgroundWork archive() {
    if (archive == null) {
      archive = new BackgroundWork(session);
    }
    return archive;
  }

  /**
   * Replaces the atoms by the change since an earlier file of the same month, so that {@link
   * #protect} makes safe blocks of the change.
   *
   * @param earlier the files that were archived for the earlier import
   */
  public void subtract(ArchivedFiles earlier) {
    AtomArchive archive = new AtomArchive(session, columns);
    columns = archive.subtract(earlier);
    publishedImports = archive.publishedImports();
  }

  /**
   * Turns the atoms into safe blocks.
   *
   * @param archive where the atoms of the file are written in the background, for a later revision
   *     of the month; they are figures of single persons. Empty if they are not kept
   * @throws TooFewContributorsException if all atoms together do not make a safe block
   */
  public ProtectionSummary protect(Optional<Path> archive) {
    long atoms =
        new MonthProtection(session, policy, weights, columns, month, publishedImports)
            .run(catalog, () -> moveAtoms(archive));
    return new BlockSummary(session, columns, weights).read(atoms);
  }

  /**
   * Writes the tables of atoms to the archive and drops them, because they take a third of the
   * memory of the database, and everything that follows needs it.
   */
  private void moveAtoms(Optional<Path> target) {
    List<CodeColumn> encoding = columns;
    String ofFile = publishedImports > 0 ? "new_line_sum" : "line_sum";
    archive()
        .start(
            session -> {
              target.ifPresent(path -> new AtomArchive(session, encoding).writeAtoms(ofFile, path));
              session.run("DROP TABLE line_sum");
              session.run("DROP TABLE IF EXISTS new_line_sum");
            });
  }

  /** Returns a sample of the blocks, from which rollups are chosen. */
  public BlockSample sample() {
    return rollups().sample();
  }

  /**
   * Sums the blocks by some groupings, in the given order, as long as they fit.
   *
   * @param mostRows maximum number of rows of all of them
   * @return rows by grouping, only for groupings that fit and save rows
   */
  public Map<Grouping, Long> buildRollups(List<Grouping> groupings, long mostRows) {
    return rollups().build(groupings, mostRows);
  }

  /**
   * Writes rollups as CSV in the order of {@link LoadColumns#rollups}; returns the file.
   *
   * @param ids ids of the rollups to write, by grouping
   */
  public Path exportRollups(Map<Grouping, Integer> ids) {
    Path target = session.folder().resolve("rollups.csv");
    rollups().export(ids, target);
    return target;
  }

  /** Writes the blocks with all their levels as a segment; without rows if there are no blocks. */
  public LoadedSegment export() {
    Path target = session.folder().resolve("segment.parquet");
    SegmentFile.write(session, rollups().segmentRows(month), target);
    return new LoadedSegment(Optional.empty(), target, SegmentFile.sums(session, "block"));
  }

  /** Writes a rollup that was built as a segment. */
  public LoadedSegment export(Grouping grouping) {
    Path target = session.folder().resolve("segment-" + grouping.id() + ".parquet");
    SegmentFile.write(session, rollups().segmentRows(month, grouping), grouping, target);
    return new LoadedSegment(
        Optional.of(grouping), target, SegmentFile.sums(session, List.of(target)));
  }

  /** Sums segments. */
  public BlockSums sums(List<Path> segments) {
    return SegmentFile.sums(session, segments);
  }

  /** The session of the table {@code block}, which holds more than is published. */
  DuckDbSession session() {
    return session;
  }

  /** The code columns of the table {@code block}. */
  List<CodeColumn> columns() {
    return columns;
  }

  ContributorWeights weights() {
    return weights;
  }

  private RollupTables rollups() {
    if (rollups == null) {
      rollups = new RollupTables(session, catalog, columns);
    }
    return rollups;
  }

  @Override
  public void close() {
    if (archive != null) {
      archive.close();
    }
    session.close();
  }
}
