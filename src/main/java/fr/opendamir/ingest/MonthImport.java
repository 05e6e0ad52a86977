package fr.opendamir.ingest;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.aggregate.ArchivedFiles;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.aggregate.TooFewContributorsException;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.LoadedImport;
import fr.opendamir.ingest.port.LoadedRollups;
import fr.opendamir.ingest.port.LoadedSegment;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceDigest;
import fr.opendamir.ingest.port.SourceTotals;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns the atoms of one month into loaded, verified blocks. */
final class MonthImport {
  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final ImportSession session;
  private final AtomFolder archive;

  MonthImport(
      DisclosurePolicy policy, ImportOptions options, ImportSession session, AtomFolder archive) {
    this.policy = policy;
    this.options = options;
    this.session = session;
    this.archive = archive;
  }

  /**
   * Imports a month that has been read; nothing is published yet.
   *
   * @param folder the folder of the month, for spilled data
   * @param revised returns the month that the file changes, once its month is known; may throw to
   *     refuse the file
   */
  FileReport run(
      MonthReading reading,
      SourceDigest digest,
      boolean synthetic,
      Path folder,
      StageClock clock,
      Function<YearMonth, Optional<RevisedMonth>> revised) {
    MonthAggregation aggregation = reading.aggregation();
    SourceTotals source = reading.source();
    Optional<RevisedMonth> earlier = revised.apply(source.month());
    Optional<ArchivedFiles> archived =
        options
            .archiveFolder()
            .map(
                unused ->
                    new ArchivedFiles(
                        folder.resolve("atoms.parquet"), folder.resolve("blocks.parquet")));
    Map<Level, Map<String, Long>> undocumented = new LinkedHashMap<>();
    ProtectionSummary protection =
        clock.time(
            ImportStage.PROTECT,
            () -> {
              undocumented.putAll(aggregation.undocumentedCodes());
              earlier.ifPresent(month -> aggregation.subtract(month.files()));
              return protect(aggregation, archived.map(ArchivedFiles::atoms), earlier.isPresent());
            });
    LossCheck loss =
        new LossCheck(policy, options, source, notDisclosed(source, protection, earlier));
    loss.run();
    requireContributors(protection, policy.threshold());
    archived.ifPresent(files -> aggregation.startArchivingBlocks(files.blocks()));
    LoadedSegment segment = clock.time(ImportStage.EXPORT, aggregation::export);
    LoadedImport month =
        new LoadedImport(
            reading.fileName(),
            reading.fileBytes(),
            digest,
            policy.id(),
            synthetic,
            loss.isLossAccepted(),
            earlier.map(e -> e.published().id()).orElse(null),
            source,
            protection);
    LoadedRollups rollups =
        clock.time(
            ImportStage.ROLLUP,
            () ->
                new MonthRollups(aggregation, session, segment.sums(), earlier.isPresent())
                    .build(options));
    long id = clock.time(ImportStage.LOAD, () -> session.load(month, segment, rollups));
    Map<SourceMeasure, Long> loaded =
        clock.time(ImportStage.VERIFY, () -> verify(id, source, segment, aggregation, folder));
    archived.ifPresent(
        files -> {
          clock.run(ImportStage.ARCHIVE, aggregation::finishArchive);
          archive.keep(files, id, source.month(), digest);
        });
    return report(reading, month, id, rollups, loaded, undocumented, loss, clock);
  }

  /** Checks contributors for the last time: loaded blocks no longer have their number. */
  static void requireContributors(ProtectionSummary protection, int threshold) {
    if (protection.blocks() > 0 && protection.smallestBlock() < threshold) {
      throw new IllegalStateException(
          "a block has fewer contributors than the policy demands; nothing was published");
    }
  }

  /** Reads back the stored blocks; returns their sums, the blocks that they revise included. */
  private Map<SourceMeasure, Long> verify(
      long id,
      SourceTotals source,
      LoadedSegment segment,
      MonthAggregation aggregation,
      Path folder) {
    try {
      List<Path> segments = session.writeSegments(id, folder);
      Map<SourceMeasure, Long> loaded = aggregation.sums(segments).totals();
      if (!loaded.equals(source.totals())
          || !aggregation.sums(segments.subList(0, 1)).equals(segment.sums())) {
        throw new IllegalStateException(
            "the blocks in the database do not add up to the lines of the file; nothing was"
                + " published");
      }
      return loaded;
    } catch (RuntimeException e) {
      session.discard(id);
      throw e;
    }
  }

  private static ProtectionSummary protect(
      MonthAggregation aggregation, Optional<Path> archive, boolean isRevision) {
    try {
      return aggregation.protect(archive);
    } catch (TooFewContributorsException e) {
      if (!isRevision) {
        throw e;
      }
      throw new ImportRefusedException(
          "what it changes of the published month, or what it leaves, concerns fewer contributors"
              + " than a block holds, so that the difference of two releases would reveal it. Wait"
              + " for a larger correction, or import it with --replace, which withdraws the earlier"
              + " releases of the month");
    }
  }

  /** Returns the loss of the whole month: in a revision, the published blocks are included. */
  private Map<Level, Map<SourceMeasure, Long>> notDisclosed(
      SourceTotals source, ProtectionSummary protection, Optional<RevisedMonth> earlier) {
    Map<Level, Map<SourceMeasure, Long>> whole = protection.notDisclosed();
    if (earlier.isPresent()) {
      whole = new EnumMap<>(whole);
      for (Map.Entry<Level, Map<SourceMeasure, Long>> level :
          session.notDisclosed(source.month()).entrySet()) {
        Map<SourceMeasure, Long> sum = new EnumMap<>(level.getValue());
        whole
            .get(level.getKey())
            .forEach((measure, lost) -> sum.merge(measure, Math.abs(lost), Math::addExact));
        whole.put(level.getKey(), sum);
      }
    }
    return whole;
  }

  private FileReport report(
      MonthReading reading,
      LoadedImport month,
      long id,
      LoadedRollups rollups,
      Map<SourceMeasure, Long> loaded,
      Map<Level, Map<String, Long>> undocumented,
      LossCheck loss,
      StageClock clock) {
    Map<String, FileReport.Control> totals = new LinkedHashMap<>();
    for (SourceMeasure measure : SourceMeasure.values()) {
      totals.put(
          measure.id(),
          new FileReport.Control(
              display(measure, month.source().totals().get(measure)),
              display(measure, loaded.get(measure))));
    }
    List<String> warnings = new ArrayList<>(loss.warnings());
    if (month.revises() != null && month.protection().blocks() == 0) {
      warnings.add("no figure differs from the published file");
    }
    if (month.source().shortLines() > 0) {
      warnings.add(
          "lines shorter than the header: "
              + month.source().shortLines()
              + "; what they lack counts as not filled");
    }
    if (!reading.unknownColumns().isEmpty()) {
      warnings.add("columns of no known layout were not read: " + reading.unknownColumns());
    }
    Map<String, Map<String, Long>> codes = new LinkedHashMap<>();
    undocumented.forEach(
        (level, counts) -> {
          // Reports are logged, so they must not contain counts of few lines.
          Map<String, Long> shown = new LinkedHashMap<>(counts);
          shown.replaceAll((code, lines) -> lines < policy.threshold() ? null : lines);
          codes.put(level.id(), shown);
        });
    return new FileReport(
        month.fileName(),
        "loaded",
        null,
        null,
        month.source().month().toString(),
        id,
        month.digest().sha256().orElse(null),
        month.synthetic(),
        month.policyId(),
        month.revises(),
        month.fileBytes(),
        month.source().lines(),
        month.protection().atoms(),
        month.protection().blocks(),
        month.protection().smallestBlock(),
        FileReport.Rollups.of(rollups.all(), month.protection().blocks()),
        clock.seconds(),
        loss.shares(),
        codes,
        totals,
        true,
        warnings);
  }

  /** Returns euros with two decimals, or acts. */
  static BigDecimal display(SourceMeasure measure, long value) {
    return BigDecimal.valueOf(value, measure.isAmount() ? 2 : 0);
  }
}
