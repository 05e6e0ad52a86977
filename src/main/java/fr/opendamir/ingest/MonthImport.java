package fr.opendamir.ingest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.aggregate.AggregationSettings;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.aggregate.ProtectionSummary;
import fr.opendamir.ingest.aggregate.SourceTotals;
import fr.opendamir.ingest.source.MonthlyFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes one file to loaded, verified blocks. */
final class MonthImport {
  private final Catalog catalog;
  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final ImportSession session;
  private final ImportProgress progress;

  MonthImport(
      Catalog catalog,
      DisclosurePolicy policy,
      ImportOptions options,
      ImportSession session,
      ImportProgress progress) {
    this.catalog = catalog;
    this.policy = policy;
    this.options = options;
    this.session = session;
    this.progress = progress;
  }

  /**
   * Imports the file; nothing is published yet.
   *
   * @param folder an empty folder for spilled data
   * @param checkMonth refuses the month once it is known, by throwing
   */
  FileReport run(
      MonthlyFile file,
      String sha256,
      boolean synthetic,
      Path folder,
      StageClock clock,
      Consumer<YearMonth> checkMonth) {
    AggregationSettings settings =
        new AggregationSettings(folder, options.memoryBytes(), options.threads());
    try (MonthAggregation aggregation = new MonthAggregation(file, catalog, policy, settings)) {
      SourceTotals source =
          clock.time(
              ImportStage.READ,
              () -> aggregation.scan((lines, share) -> progress.read(share, lines)));
      checkMonth.accept(source.month());
      Map<Level, Map<String, Long>> undocumented = new LinkedHashMap<>();
      ProtectionSummary protection =
          clock.time(
              ImportStage.PROTECT,
              () -> {
                ProtectionSummary summary = aggregation.protect();
                undocumented.putAll(aggregation.undocumentedCodes());
                return summary;
              });
      LossCheck loss = new LossCheck(policy, options, source, protection);
      loss.run();
      Path blocks = clock.time(ImportStage.EXPORT, aggregation::export);
      LoadedImport month =
          new LoadedImport(
              file.path().getFileName().toString(),
              file.size(),
              sha256,
              policy.id(),
              policy.threshold(),
              synthetic,
              loss.isLossAccepted(),
              source,
              protection);
      long id = clock.time(ImportStage.LOAD, () -> session.load(month, blocks));
      Map<SourceMeasure, Long> loaded = clock.time(ImportStage.VERIFY, () -> session.totals(id));
      if (!loaded.equals(source.totals())) {
        session.discard(id);
        throw new IllegalStateException(
            "the blocks in the database do not add up to the lines of the file; nothing was published");
      }
      return report(file, month, id, loaded, undocumented, loss, clock);
    }
  }

  private FileReport report(
      MonthlyFile file,
      LoadedImport month,
      long id,
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
    if (!file.unknownColumns().isEmpty()) {
      warnings.add("columns of no known layout were not read: " + file.unknownColumns());
    }
    Map<String, Map<String, Long>> codes = new LinkedHashMap<>();
    undocumented.forEach((level, counts) -> codes.put(level.id(), counts));
    return new FileReport(
        month.fileName(),
        "loaded",
        null,
        month.source().month().toString(),
        id,
        month.sha256(),
        month.synthetic(),
        month.policyId(),
        month.fileBytes(),
        month.source().lines(),
        month.source().atoms(),
        month.protection().blocks(),
        month.protection().smallestBlock(),
        clock.seconds(),
        loss.shares(),
        codes,
        totals,
        true,
        warnings);
  }

  private static BigDecimal display(SourceMeasure measure, long value) {
    return BigDecimal.valueOf(value, measure.isAmount() ? 2 : 0);
  }
}
