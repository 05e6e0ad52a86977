package fr.opendamir.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.ingest.aggregate.SegmentWriter;
import fr.opendamir.ingest.port.BlockSums;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.PublishedImport;
import fr.opendamir.ingest.port.StagedImport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The months that an import has loaded and not published: it was interrupted, or another of its
 * files was refused. The next import of the same files under the same settings publishes them
 * without reading the files again, if nothing was published in between.
 */
final class StagedMonths {
  /** Amounts are read as they were written: 600.50 is neither 600.5 nor a binary fraction. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String SETTINGS = "settings";

  private final ImportSession session;
  private final ImportOptions options;
  private final String settings;
  private final Map<StagedImport, FileReport> usable = new HashMap<>();

  /**
   * Finds the months that this import can publish.
   *
   * @param published what is published, from which they may differ
   */
  StagedMonths(
      ImportSession session,
      ImportOptions options,
      String policyId,
      List<PublishedImport> published) {
    this.session = session;
    this.options = options;
    this.settings =
        String.join(
            " ",
            policyId,
            options.effect(),
            published.stream().findFirst().map(PublishedImport::releaseId).orElse("first"));
    session.staged().forEach(month -> report(month).ifPresent(r -> usable.put(month, r)));
  }

  /** Returns the report of a month if this import would load the same; empty otherwise. */
  private Optional<FileReport> report(StagedImport month) {
    try {
      ObjectNode stored = (ObjectNode) JSON.readTree(month.report());
      boolean isSame = stored.path(SETTINGS).asText().equals(settings);
      stored.remove(SETTINGS);
      return isSame ? Optional.of(JSON.treeToValue(stored, FileReport.class)) : Optional.empty();
    } catch (JsonProcessingException | ClassCastException e) {
      return Optional.empty(); // of another version
    }
  }

  /** Returns the month that was loaded from a file; empty if there is none. */
  Optional<StagedImport> find(SourceFile source, DigestKey key, Optional<AtomFolder> archive) {
    String name = source.file().path().getFileName().toString();
    return usable.entrySet().stream()
        .filter(month -> month.getValue().file().equals(name))
        .map(Map.Entry::getKey)
        .filter(month -> key.isDigestOf(source.sha256(), month.digest()))
        .filter(month -> archive.isEmpty() || archive.get().find(month).isPresent())
        .findFirst();
  }

  /**
   * Returns the report of a month after what is loaded was read back from the database once more.
   *
   * @param scratch an empty folder
   * @throws IllegalStateException if it is missing or damaged
   */
  FileReport verified(StagedImport month, Path scratch) {
    FileReport report = usable.get(month);
    try (SegmentWriter segments = new SegmentWriter(MonthReading.settings(options, scratch))) {
      BlockSums sums = segments.sums(session.writeSegments(month.id(), scratch));
      boolean isWhole =
          sums.totals().entrySet().stream()
              .allMatch(
                  sum ->
                      MonthImport.display(sum.getKey(), sum.getValue())
                              .compareTo(report.totals().get(sum.getKey().id()).blocks())
                          == 0);
      if (!isWhole) {
        throw new IllegalStateException("what import " + month.id() + " had loaded is damaged");
      }
    }
    return report.withWarning(
        "loaded by an earlier import, which did not end; the file was not read again");
  }

  /** Stores the report of a loaded month, which is staged from now on. */
  void store(FileReport report) {
    ObjectNode stored = JSON.valueToTree(report);
    session.storeReport(report.importId(), stored.put(SETTINGS, settings).toString());
  }

  /** Discards what is staged; returns how many months that were. */
  int discardAll() {
    List<StagedImport> others = session.staged();
    others.forEach(month -> session.discard(month.id()));
    return others.size();
  }
}
