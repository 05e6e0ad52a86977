package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.groupingBy;
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
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.LoadColumns;
import fr.opendamir.ingest.port.LoadedSegment;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The processing of one month from file to blocks. Call {@link #scan} or {@link #readAtoms}, then
 * {@link #protect}, then {@link #export}; closing releases all memory. Not thread-safe.
 */
public final class MonthAggregation implements AutoCloseable {
  /** The greatest code that is read as a number. */
  private static final int GREATEST_SERVICE = 9999;

  private final Optional<MonthlyFile> file;
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final DuckDbSession session;
  private List<CodeColumn> columns = List.of();
  private YearMonth month;
  private int publishedImports;
  private RollupTables rollups;

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
  }

  /**
   * Reads the file, checks every line and sums the lines into atoms.
   *
   * @param progress receives the number of lines read so far and the share of the file, 0..1
   * @throws InvalidSourceFileException when a line is wrong; the message says which and why
   */
  public SourceTotals scan(ScanProgress progress) {
    MonthlyFile scanned = file.orElseThrow();
    columns = columns(Set.of());
    createServiceWeights();
    StrictReading reading =
        new ParallelScan(scanned, session, progress).run(scan(scanned, Set.of()));
    checkMonth(scanned, reading.month());
    if (!reading.wordColumns().isEmpty()) {
      // Rare: a code column holds words. Its codes are then stored as text, which needs a second
      // scan.
      session.run("DROP TABLE IF EXISTS line_sum");
      columns = columns(reading.wordColumns());
      session.run(scan(scanned, reading.wordColumns()));
    }
    long atoms = checkAtoms(reading);
    month = reading.month();
    return new SourceTotals(
        reading.month(), reading.lines(), reading.shortLines(), atoms, reading.totals());
  }

  /**
   * Reads the atoms that {@link #archive} wrote, under a policy with the same acts per person: they
   * decide which lines are of few contributors.
   *
   * @param published the month of processing
   */
  public void readAtoms(YearMonth published, Path atoms) {
    month = published;
    columns = new AtomArchive(session, columns(Set.of())).readAtoms(atoms);
  }

  private String scan(MonthlyFile scanned, Set<SourceColumn> wordColumns) {
    return new ScanSql(scanned, columns, wordColumns)
        .render(policy.weights().undocumentedActsPerPerson());
  }

  /** The acts per person of all services whose codes are plain numbers, listed or not. */
  private void createServiceWeights() {
    int undocumented = policy.weights().undocumentedActsPerPerson();
    Map<Integer, List<Integer>> services =
        IntStream.rangeClosed(0, GREATEST_SERVICE)
            .boxed()
            .collect(groupingBy(service -> weights.actsPerPerson(String.valueOf(service))));
    services.remove(undocumented);
    session.run(
        """
        CREATE OR REPLACE TABLE service_weight AS
        SELECT range AS weighted_service, coalesce(acts_per_person, %d) AS acts_per_person
        FROM range(%d) LEFT JOIN (
          SELECT unnest(services) AS range, acts_per_person
          FROM (VALUES %s([], %d)) w(services, acts_per_person)) USING (range)
        """
            .formatted(
                undocumented,
                GREATEST_SERVICE + 1,
                services.entrySet().stream()
                    .map(entry -> "(%s, %d), ".formatted(entry.getValue(), entry.getKey()))
                    .collect(joining()),
                undocumented));
  }

  /** Checks that both readings of the file agree to the cent; returns the number of atoms. */
  private long checkAtoms(StrictReading reading) {
    String sums =
        Arrays.stream(SourceMeasure.values())
            .map(m -> "sum(%s)::BIGINT AS %s".formatted(m.id(), m.id()))
            .collect(joining(", "));
    long[] atoms = new long[1];
    session.forEach(
        "SELECT (SELECT count(*) FROM (SELECT DISTINCT %s FROM line_sum)) AS atoms, sum(lines)::BIGINT AS lines, %s FROM line_sum"
            .formatted(names(), sums),
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
   * them.
   */
  public Map<Level, Map<String, Long>> undocumentedCodes() {
    Map<Level, Map<String, Long>> found = new EnumMap<>(Level.class);
    for (CodeColumn column : columns) {
      Level level = Level.of(column.dimension()).get(0);
      Map<String, Long> counts = new LinkedHashMap<>();
      session.forEach(
          "SELECT %s AS code, sum(lines)::BIGINT AS lines FROM line_sum GROUP BY ALL ORDER BY code"
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
   * Writes the atoms and the contents of the blocks for a later revision of the month, after {@link
   * #protect}; the files hold figures of single persons.
   */
  public void archive(ArchivedFiles target) {
    AtomArchive archive = new AtomArchive(session, columns);
    archive.writeAtoms(publishedImports > 0 ? "new_line_sum" : "line_sum", target.atoms());
    archive.writeBlocks(target.blocks());
  }

  /**
   * Replaces the atoms by the change since an earlier file of the same month, so that {@link
   * #protect} makes safe blocks of the change.
   *
   * @param earlier the files that {@link #archive} wrote for the earlier import
   */
  public void subtract(ArchivedFiles earlier) {
    AtomArchive archive = new AtomArchive(session, columns);
    columns = archive.subtract(earlier);
    publishedImports = archive.publishedImports();
  }

  /**
   * Turns the atoms into safe blocks.
   *
   * @throws TooFewContributorsException if all atoms together do not make a safe block
   */
  public ProtectionSummary protect() {
    new MonthProtection(session, policy, weights, columns, month, publishedImports).run(catalog);
    return new BlockSummary(session, columns, weights).read();
  }

  private String names() {
    return columns.stream().map(CodeColumn::name).collect(joining(", "));
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

  /** Holds the table {@code block}, with more than is published of it. */
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
