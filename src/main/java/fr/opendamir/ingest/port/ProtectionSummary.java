package fr.opendamir.ingest.port;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What protecting a month gave, and the detail that it lost.
 *
 * @param atoms number of atoms of the file
 * @param blocks number of blocks
 * @param smallestBlock contributors of the smallest block, rounded down
 * @param notDisclosed for each level and each of {@link #MEASURES}, the acts or cents whose code is
 *     not disclosed at that level
 */
public record ProtectionSummary(
    long atoms,
    long blocks,
    long smallestBlock,
    Map<Level, Map<SourceMeasure, Long>> notDisclosed) {

  /** The measures whose loss is published: all, because each can lose another share. */
  public static final List<SourceMeasure> MEASURES = List.of(SourceMeasure.values());

  public ProtectionSummary {
    notDisclosed = new EnumMap<>(notDisclosed);
  }
}
