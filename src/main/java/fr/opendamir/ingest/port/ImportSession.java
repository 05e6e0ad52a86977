package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.PolicyDocument;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exclusive session that may change what is published, until it is closed. */
public interface ImportSession extends AutoCloseable {
  /** What was removed after earlier imports that failed, for the log; may be empty. */
  List<String> cleanedUp();

  /**
   * Keeps the document of a policy beside the imports that are made by it.
   *
   * @throws ImportRefusedException when another document is kept under its id
   */
  void keepPolicy(PolicyDocument policy);

  /** The months of the newest release, each with the newest file that it was imported from. */
  List<PublishedImport> published();

  /** Acts and cents of a published month and its revisions that lost their code, by level. */
  Map<Level, Map<SourceMeasure, Long>> notDisclosed(YearMonth month);

  /**
   * Writes all blocks that are published of a month, CSV as {@link #load} takes it and then 0 for
   * blocks of its first import, 1 for blocks of its first revision, and so on.
   */
  void export(YearMonth month, Path target);

  /** The newest choice of rollups; empty before the first. */
  Optional<RollupChoice> rollupChoice();

  /** Keeps a choice of rollups, which imports from now on follow. */
  void keepRollupChoice(RollupChoice choice);

  /** The ids of rollups that a kept choice holds. */
  Map<Grouping, Integer> rollupIds(Collection<Grouping> groupings);

  /**
   * Loads blocks and rollups where no reader sees them.
   *
   * @param blocks CSV in the order of {@link LoadColumns#blocks}
   * @return the id of the import, to be published
   */
  long load(LoadedImport month, Path blocks, LoadedRollups rollups);

  /** Sums of the loaded blocks in the database, including the blocks of the imports it revises. */
  Map<SourceMeasure, Long> totals(long importId);

  /** Stores the report of an import for the operator. */
  void storeReport(long importId, String json);

  /** Drops a loaded import that will not be published. */
  void discard(long importId);

  /**
   * Publishes loaded imports as a new release, in one step. Revisions stand beside what they revise
   * and leave earlier releases as they are; other imports replace those of their months, and
   * earlier releases that contain a replaced import are withdrawn.
   *
   * @param importIds loaded imports, each of another month
   * @param withdrawn further imports of the newest release that the new one leaves out
   * @return the id of the new release, such as {@code 2025-11-03.1}
   */
  String publish(List<Long> importIds, List<Long> withdrawn);

  @Override
  void close();
}
