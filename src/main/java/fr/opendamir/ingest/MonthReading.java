package fr.opendamir.ingest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.aggregate.AggregationSettings;
import fr.opendamir.ingest.aggregate.MonthAggregation;
import fr.opendamir.ingest.port.SourceTotals;
import fr.opendamir.ingest.source.MonthlyFile;
import java.nio.file.Path;

/**
 * A monthly file that has been read, checked and summed into atoms. This is most of the work of an
 * import and needs no database.
 */
record MonthReading(MonthlyFile file, MonthAggregation aggregation, SourceTotals source)
    implements AutoCloseable {

  /**
   * Reads a file.
   *
   * @param folder an empty folder for spilled data
   */
  static MonthReading of(
      MonthlyFile file,
      Catalog catalog,
      DisclosurePolicy policy,
      ImportOptions options,
      Path folder,
      StageClock clock,
      ImportProgress progress) {
    AggregationSettings settings =
        new AggregationSettings(folder, options.memoryBytes(), options.threads());
    MonthAggregation aggregation = new MonthAggregation(file, catalog, policy, settings);
    try {
      SourceTotals source =
          clock.time(
              ImportStage.READ,
              () -> aggregation.scan((lines, share) -> progress.read(share, lines)));
      return new MonthReading(file, aggregation, source);
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
