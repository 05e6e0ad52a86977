package fr.opendamir.ingest;

import fr.opendamir.ingest.aggregate.AggregationSettings;
import fr.opendamir.ingest.aggregate.SegmentWriter;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.ImportStore;
import fr.opendamir.ingest.port.LoadedSegment;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the segments of imports that earlier versions published without one. Each is published by
 * itself once it is verified, so that a conversion that was interrupted goes on where it stopped.
 */
public final class SegmentConversion {
  private final ImportStore store;
  private final Path temporaryFolder;
  private final long memoryBytes;
  private final int threads;

  /**
   * Prepares a conversion.
   *
   * @param temporaryFolder for the blocks of one import at a time
   * @param memoryBytes memory that DuckDB may use before it spills
   */
  public SegmentConversion(ImportStore store, Path temporaryFolder, long memoryBytes, int threads) {
    this.store = store;
    this.temporaryFolder = temporaryFolder;
    this.memoryBytes = memoryBytes;
    this.threads = threads;
  }

  /**
   * Waits until no import runs, and converts what is left to convert.
   *
   * @param messages receives a line for each converted import
   */
  public void run(Consumer<String> messages) {
    try (ImportSession session = store.begin(true);
        RunFolder folder = RunFolder.create(temporaryFolder, messages)) {
      session.cleanedUp().forEach(messages);
      Map<Long, YearMonth> imports = session.importsWithoutSegment();
      int done = 0;
      for (Map.Entry<Long, YearMonth> published : imports.entrySet()) {
        Path scratch = folder.forFile(done);
        long blocks = convert(session, published.getKey(), scratch);
        RunFolder.remove(scratch);
        done++;
        messages.accept(
            "segment %d of %d: %s, import %d, %d blocks"
                .formatted(done, imports.size(), published.getValue(), published.getKey(), blocks));
      }
    }
  }

  private long convert(ImportSession session, long importId, Path scratch) {
    try (SegmentWriter writer =
        new SegmentWriter(new AggregationSettings(scratch, memoryBytes, threads))) {
      Path csv = scratch.resolve("blocks.csv");
      BlockSums stored = session.writeBlocks(importId, csv);
      LoadedSegment segment = writer.write(csv);
      session.loadSegment(importId, segment);
      if (!writer.sums(session.writeSegments(importId, scratch).subList(0, 1)).equals(stored)) {
        throw new IllegalStateException(
            "the segment of import " + importId + " does not add up to its blocks");
      }
      session.publishSegment(importId);
      return stored.blocks();
    }
  }
}
