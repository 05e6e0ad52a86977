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

/** An exclusive session that may change the published data until it is closed. */
public interface ImportSession extends AutoCloseable {
  /** Descriptions, for the log, of what was removed after earlier failed imports; may be empty. */
  List<String> cleanedUp();

  /**
   * Stores the document of a policy with the imports that use it.
   *
   * @throws ImportRefusedException if another document is stored under its id
   */
  void keepPolicy(PolicyDocument policy);

  /** The JSON of the document of a policy; empty if none is stored. */
  Optional<String> policyDocument(String id);

  /** The months of the newest release, each with the newest file from which it was imported. */
  List<PublishedImport> published();

  /** The months that were loaded and are not published, with the report that was stored of them. */
  List<StagedImport> staged();

  /** Acts and cents of a published month, revisions included, that lost their code, by level. */
  Map<Level, Map<SourceMeasure, Long>> notDisclosed(YearMonth month);

  /** The newest choice of rollups for a place; empty before the first. */
  Optional<RollupChoice> rollupChoice(RollupChoice.Place place);

  /** Stores a choice of rollups, which later imports follow. */
  void keepRollupChoice(RollupChoice choice);

  /** The ids of rollups that a stored choice contains. */
  Map<Grouping, Integer> rollupIds(Collection<Grouping> groupings);

  /**
   * Loads a segment and rollups without making them visible to requests.
   *
   * @return the id of the import, to be published
   */
  long load(LoadedImport month, LoadedSegment segment, LoadedRollups rollups);

  /**
   * Writes the stored segments of an import and of the imports that it revises into a folder.
   *
   * @return the files; the file of the import itself comes first
   * @throws IllegalStateException if one is missing or is not what was stored
   */
  List<Path> writeSegments(long importId, Path folder);

  /** Published imports without a segment, by id, with the month: earlier versions made none. */
  Map<Long, YearMonth> importsWithoutSegment();

  /**
   * Writes the blocks of a published import as CSV in the order of {@link LoadColumns#segment}.
   *
   * @return what they add up to in the database
   */
  BlockSums writeBlocks(long importId, Path csv);

  /** Loads the segment of a published import that has none, without making it visible. */
  void loadSegment(long importId, LoadedSegment segment);

  /**
   * Publishes the loaded segment of a published import, in place of the rows of its blocks, in one
   * transaction.
   */
  void publishSegment(long importId);

  /**
   * Stores the report of an import for the operator, in the place of an earlier one. A loaded
   * import with a report is {@link #staged} until it is published or discarded, also after this
   * session.
   */
  void storeReport(long importId, String json);

  /** Deletes a loaded import that will not be published. */
  void discard(long importId);

  /**
   * Publishes loaded imports as a new release, in one step. A revision is added to the imports that
   * it revises, and earlier releases stay unchanged. Any other import replaces the imports of its
   * month, and earlier releases that contain a replaced import are withdrawn.
   *
   * @param importIds loaded imports, each of another month
   * @param withdrawn further imports of the newest release that the new one omits
   * @return the id of the new release, such as {@code 2025-11-03.1}
   */
  String publish(List<Long> importIds, List<Long> withdrawn);

  @Override
  void close();
}
