package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.source.MonthlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the code under test makes of a file: the figures it reports and the blocks it exports. */
record ProtectedMonth(SourceTotals totals, ProtectionSummary summary, List<BlockFigures> blocks) {
  static final DisclosurePolicy POLICY = PolicyReader.builtIn();

  /**
   * Small months take a third less time by one, and the build runs two tests at once. With several,
   * DeterminismTest has the same blocks.
   */
  private static final int THREADS = 1;

  private static final long MEBIBYTE = 1 << 20;
  private static final Catalog CATALOG = Catalog.load();

  static ProtectedMonth of(Path file) throws IOException {
    return of(file, POLICY);
  }

  static ProtectedMonth of(Path file, DisclosurePolicy policy) throws IOException {
    return of(file, policy, 256, THREADS);
  }

  static ProtectedMonth of(Path file, DisclosurePolicy policy, int mebibytes, int threads)
      throws IOException {
    try (MonthAggregation month = open(file, policy, mebibytes, threads)) {
      return run(month);
    }
  }

  static ProtectedMonth run(MonthAggregation month) {
    SourceTotals totals = month.scan((lines, share) -> {});
    ProtectionSummary summary = month.protect(Optional.empty());
    return new ProtectedMonth(totals, summary, read(month));
  }

  /** What each file of a month adds to those before. */
  static List<ProtectedMonth> imports(Path... files) throws IOException {
    List<ProtectedMonth> imports = new ArrayList<>();
    ArchivedFiles earlier = null;
    for (Path file : files) {
      try (MonthAggregation month = open(file, POLICY, 256, THREADS)) {
        SourceTotals totals = month.scan((lines, share) -> {});
        if (earlier != null) {
          month.subtract(earlier);
        }
        earlier =
            new ArchivedFiles(
                file.resolveSibling("atoms-" + imports.size() + ".parquet"),
                file.resolveSibling("blocks-" + imports.size() + ".parquet"));
        ProtectionSummary summary = month.protect(Optional.of(earlier.atoms()));
        imports.add(new ProtectedMonth(totals, summary, read(month)));
        month.startArchivingBlocks(earlier.blocks());
        month.finishArchive();
      }
    }
    return imports;
  }

  static MonthAggregation open(Path file, DisclosurePolicy policy, int mebibytes, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory(file.getParent(), "run");
    AggregationSettings settings = new AggregationSettings(folder, mebibytes * MEBIBYTE, threads);
    return new MonthAggregation(MonthlyFile.inspect(file), CATALOG, policy, settings);
  }

  /** Reads and checks the lines only. */
  static SourceTotals scan(Path file) throws IOException {
    try (MonthAggregation month = open(file, POLICY, 256, THREADS)) {
      return month.scan((lines, share) -> {});
    }
  }

  /** Reads and checks the lines in both ways, which must agree. */
  static SourceTotals scanTwice(Path file) throws IOException {
    try (MonthAggregation month = open(file, POLICY, 256, THREADS)) {
      SourceTotals totals = month.scan((lines, share) -> {});
      month.readAgain();
      return totals;
    }
  }

  Set<List<String>> keys() {
    return blocks.stream().map(BlockFigures::codes).collect(Collectors.toSet());
  }

  /** The blocks, with their contributors, which no file tells. */
  static List<BlockFigures> read(MonthAggregation month) {
    String codes =
        month.columns().stream()
            .map(c -> "%s AS code_of_%s".formatted(c.decode(c.name()), c.dimension().id()))
            .collect(Collectors.joining(", "));
    List<BlockFigures> blocks = new ArrayList<>();
    month
        .session()
        .forEach(
            "SELECT %s, %s, units // %d AS contributors FROM block"
                .formatted(
                    codes,
                    String.join(", ", SourceLines.MEASURES),
                    month.weights().unitsPerPerson()),
            row -> {
              List<String> found = new ArrayList<>();
              for (String dimension : SourceLines.DIMENSIONS) {
                found.add(row.getString("code_of_" + dimension));
              }
              List<Long> sums = new ArrayList<>();
              for (String measure : SourceLines.MEASURES) {
                sums.add(row.getLong(measure));
              }
              blocks.add(new BlockFigures(found, sums, row.getLong("contributors")));
            });
    return blocks;
  }
}
