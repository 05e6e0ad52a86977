package fr.opendamir.ingest;

import fr.opendamir.catalog.SourceMeasure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The exclusive right to change what is published, until closed. */
public interface ImportSession extends AutoCloseable {
  /** What cleaning up after earlier imports removed, for the log; empty when there was nothing. */
  List<String> cleanedUp();

  /** The months of the newest release. */
  List<PublishedImport> published();

  /**
   * Loads blocks where no reader sees them.
   *
   * @param blocks CSV in the order of {@code MonthAggregation.exportedColumns()}
   * @return the id of the import, to be published
   */
  long load(LoadedImport month, Path blocks);

  /** What the loaded blocks add up to in the database. */
  Map<SourceMeasure, Long> totals(long importId);

  /** Keeps the report of an import for the operator. */
  void storeReport(long importId, String json);

  /** Forgets a loaded import that will not be published. */
  void discard(long importId);

  /**
   * Publishes loaded imports as a new release, in one step. They replace imports of the same
   * months; earlier releases that contain a replaced import are withdrawn.
   *
   * @param importIds loaded imports, each of another month
   * @param withdrawn imports of the newest release that the new one leaves out besides
   * @return the id of the new release, such as {@code 2025-11-03.1}
   */
  String publish(List<Long> importIds, List<Long> withdrawn);

  @Override
  void close();
}
