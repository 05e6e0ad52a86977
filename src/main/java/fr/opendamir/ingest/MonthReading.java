package fr.opendamir.ingest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.aggregate.AggregationSettings;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.source.MonthlyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The atoms of a month, from its file or from the archive. Reading a file is most of the work of an
 * import and needs no database.
 *
 * @param unknownColumns columns of the file that were not read
 */
record MonthReading(
    String fileName,
    long fileBytes,
    List<String> unknownColumns,
    MonthAggregation aggregation,
    SourceTotals source)
    implements AutoCloseable {

  /**
   * Reads and checks a file, and sums it into atoms.
   *
   * @param folder an empty folder for spilled data
   */
  static MonthReading of(
      SourceFile source,
      Catalog catalog,
      DisclosurePolicy policy,
      ImportOptions options,
      Path folder,
      FileProgress progress) {
    MonthlyFile file = source.file();
    MonthAggregation aggregation =
        new MonthAggregation(file, catalog, policy, settings(options, folder));
    SourceTotals totals =
        read(
            aggregation,
            () -> {
              SourceTotals read =
                  source
                      .clock()
                      .time(
                          ImportStage.READ,
                          () -> aggregation.scan((lines, share) -> progress.read(share, lines)));
              if (options.verify()) {
                source.clock().run(ImportStage.READ_AGAIN, aggregation::readAgain);
              }
              return read;
            });
    return new MonthReading(
        file.path().getFileName().toString(),
        file.size(),
        file.unknownColumns(),
        aggregation,
        totals);
  }

  /**
   * Reads archived atoms of a published month. All that is known of its file was stored by its
   * import.
   *
   * @param folder an empty folder for spilled data
   */
  static MonthReading ofAtoms(
      ArchivedMonth archived,
      Catalog catalog,
      DisclosurePolicy policy,
      ImportOptions options,
      Path folder,
      StageClock clock) {
    PublishedImport month = archived.published();
    MonthAggregation aggregation = new MonthAggregation(catalog, policy, settings(options, folder));
    return new MonthReading(
        month.fileName(),
        month.fileBytes(),
        List.of(),
        aggregation,
        read(
            aggregation,
            () -> {
              clock.run(
                  ImportStage.READ, () -> aggregation.readAtoms(month.month(), archived.atoms()));
              return new SourceTotals(
                  month.month(), month.lines(), month.shortLines(), archived.totals());
            }));
  }

  static AggregationSettings settings(ImportOptions options, Path folder) {
    return new AggregationSettings(folder, options.memoryBytes(), options.threads());
  }

  private static SourceTotals read(MonthAggregation aggregation, Supplier<SourceTotals> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      aggregation.close();
      throw e;
    }
  }

  @Override
  public void close() {
    aggregation.close();
  }
}
