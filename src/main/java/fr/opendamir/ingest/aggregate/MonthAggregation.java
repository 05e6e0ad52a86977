package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Recoding;
import fr.opendamir.disclosure.RevisionSql;
import fr.opendamir.disclosure.SafeBlockSql;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.rollup.BlockSample;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.StrictReading;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processing of one month from file to blocks. Call {@link #scan}, then {@link #protect}, then
 * {@link #export}; closing releases all memory. Not thread-safe.
 */
public final class MonthAggregation implements AutoCloseable {
  private final MonthlyFile file;
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final DuckDbSession session;
  private List<CodeColumn> columns = List.of();
  private boolean isRevision;
  private int publishedImports;
  private RollupTables rollups;

  public MonthAggregation(
      MonthlyFile file, Catalog catalog, DisclosurePolicy policy, AggregationSettings settings) {
    this.file = file;
    this.catalog = catalog;
    this.policy = policy;
    this.weights = new ContributorWeights(policy, catalog);
    this.session = new DuckDbSession(settings);
  }

  /**
   * Reads the file, checks every line and sums the lines into atoms.
   *
   * @param progress receives the number of lines read so far and the share of the file, 0..1
   * @throws InvalidSourceFileException when a line is wrong; the message says which and why
   */
  public SourceTotals scan(ScanProgress progress) {
    columns = columns(Set.of());
    StrictReading reading =
        new ParallelScan(file, session, progress)
            .run(new ScanSql(file, columns, Set.of()).render());
    checkMonth(reading.month());
    if (!reading.wordColumns().isEmpty()) {
      // Rare: a code column holds words. Its codes are then stored as text, which needs a second
      // scan.
      session.run("DROP TABLE IF EXISTS atom");
      columns = columns(reading.wordColumns());
      session.run(new ScanSql(file, columns, reading.wordColumns()).render());
    }
    long atoms = checkAtoms(reading);
    return new SourceTotals(
        reading.month(), reading.lines(), reading.shortLines(), atoms, reading.totals());
  }

  /** Checks that both readings of the file agree to the cent; returns the number of atoms. */
  private long checkAtoms(StrictReading reading) {
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(m -> "sum(%s)::BIGINT AS %s".formatted(m.id(), m.id()))
            .collect(joining(", "));
    long[] atoms = new long[1];
    session.forEach(
        "SELECT count(*) AS atoms, sum(lines)::BIGINT AS lines, " + sums + " FROM atom",
        row -> {
          atoms[0] = row.getLong("atoms");
          boolean same = row.getLong("lines") == reading.lines();
          for (SourceMeasure measure : SourceMeasure.values()) {
            same &= row.getLong(measure.id()) == reading.totals().get(measure);
          }
          if (!same) {
            throw new IllegalStateException(
                "two readings of the file do not add up to the same totals; nothing was published");
          }
        });
    return atoms[0];
  }

  private void checkMonth(YearMonth month) {
    if (file.nameMonth().isPresent() && !file.nameMonth().get().equals(month)) {
      throw new InvalidSourceFileException(
          file.path(),
          "is named for "
              + file.nameMonth().get()
              + " but its lines are of "
              + month
              + "; rename it if the lines are right");
    }
  }

  /**
   * Returns the codes outside the lists, by level and code, with the number of lines that hold
   * them.
   */
  public Map<Level, Map<String, Long>> undocumentedCodes() {
    Map<Level, Map<String, Long>> found = new EnumMap<>(Level.class);
    for (CodeColumn column : columns) {
      Level level = Level.of(column.dimension()).get(0);
      Map<String, Long> counts = new LinkedHashMap<>();
      session.forEach(
          "SELECT %s AS code, sum(lines)::BIGINT AS lines FROM atom GROUP BY ALL ORDER BY code"
              .formatted(column.decode(column.name())),
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
   * Writes the atoms for a later revision of the month; the file holds figures of single persons.
   */
  public void archive(Path target) {
    new AtomArchive(session, columns).write(target);
  }

  /**
   * Replaces the atoms by the change since an earlier file of the same month, so that {@link
   * #protect} makes safe blocks of the change.
   *
   * @param earlier the file that {@link #archive} wrote for the earlier import
   * @param publishedBlocks all published blocks of the month, CSV in the order of {@link
   *     LoadColumns#blocks}, then 0 for blocks of its first import, 1 for its first revision, …
   */
  public void subtract(Path earlier, Path publishedBlocks) {
    AtomArchive archive = new AtomArchive(session, columns);
    columns = archive.subtract(earlier, publishedBlocks);
    publishedImports = archive.publishedImports();
    isRevision = true;
  }

  /**
   * Turns the atoms into safe blocks.
   *
   * @throws TooFewContributorsException if all atoms together do not make a safe block
   */
  public ProtectionSummary protect() {
    List<String> tables = isRevision ? List.of("atom", "new_atom") : List.of("atom");
    new CodeTables(session, catalog, weights, columns, tables).create();
    Optional<RevisionSql> revision =
        isRevision
            ? Optional.of(new RevisionSql(columns, publishedImports, weights))
            : Optional.empty();
    SafeBlockSql sql = new SafeBlockSql(policy, columns, weights, revision);
    sql.split().forEach(session::run);
    for (Recoding recoding : policy.recodings()) {
      sql.recode(recoding).forEach(session::run);
    }
    RemainderMerge remainder =
        new RemainderMerge(session, sql, columns, weights, policy.threshold());
    if (publishedImports > 1) {
      // A merged remainder is checked against the threshold only, and earlier revisions may nearly
      // cancel it.
      remainder.requireNone();
    }
    remainder.run();
    revision.ifPresent(this::requireEnoughLeft);
    return new BlockSummary(session, columns, weights).read();
  }

  /** Requires the whole month to be safe too, because the total of the new release shows it. */
  private void requireEnoughLeft(RevisionSql rules) {
    session.forEach(
        rules.unitsOfTheFile(),
        row -> {
          if (row.getLong("units") < weights.threshold()) {
            throw new TooFewContributorsException(policy.threshold());
          }
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

  private RollupTables rollups() {
    if (rollups == null) {
      rollups = new RollupTables(session, catalog, columns);
    }
    return rollups;
  }

  /** Writes the blocks as CSV in the order of {@link LoadColumns#blocks}; returns the file. */
  public Path export() {
    Path target = session.folder().resolve("blocks.csv");
    String codes = columns.stream().map(c -> c.decode(c.name())).collect(joining(", "));
    String sums =
        Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id).collect(joining(", "));
    session.run(
        "COPY (SELECT %s, %s, units // %d FROM block) TO '%s' (FORMAT csv, HEADER false)"
            .formatted(
                codes, sums, weights.unitsPerPerson(), target.toString().replace("'", "''")));
    return target;
  }

  @Override
  public void close() {
    session.close();
  }

  private List<CodeColumn> columns(Set<SourceColumn> wordColumns) {
    return DisclosurePolicy.blockDimensions().stream()
        .map(
            dimension ->
                new CodeColumn(
                    dimension,
                    dimension == Dimension.CARE_LAG
                        || !wordColumns.contains(
                            SourceColumn.valueOf(dimension.variables().get(0))),
                    words(dimension)))
        .toList();
  }

  /** Listed codes that are not numbers, and the codes of groups. */
  private List<String> words(Dimension dimension) {
    return Stream.concat(
            codes(Level.of(dimension).get(0)).filter(code -> !code.matches("\\d+")),
            Level.groupsOf(dimension).stream().flatMap(this::codes).map(ReservedCodes::ofGroup))
        .toList();
  }

  private Stream<String> codes(Level level) {
    return catalog.codes(level).stream().map(CodeEntry::code);
  }
}
