package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportPartsTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void readsWhatAnImportHas() {
    ImportParts parts =
        parse(
            """
            {"totals": {"quantity": 3, "charged": 9007199254740993},
             "losses": {"region": {"import_id": 1, "quantity": -2, "charged": 5, "reimbursed": null}},
             "rollups": {"7": 12},
             "segments": [
               {"id": 4, "levels": "blocks", "format": %d, "sha256": "%s", "bytes": 5, "rows": 6}]}
            """
                .formatted(SegmentLoading.FORMAT, SHA256));

    assertThat(parts.totals())
        .isEqualTo(Map.of(SourceMeasure.QUANTITY, 3L, SourceMeasure.CHARGED, 9007199254740993L));
    assertThat(parts.losses())
        .as("absolute, without what was not summed")
        .isEqualTo(
            Map.of(Level.REGION, Map.of(SourceMeasure.QUANTITY, 2L, SourceMeasure.CHARGED, 5L)));
    assertThat(parts.rollups()).isEqualTo(Map.of(7, 12L));
    assertThat(parts.segments())
        .singleElement()
        .satisfies(
            segment -> {
              assertThat(segment.id()).isEqualTo(4);
              assertThat(segment.grouping()).isEqualTo(Optional.empty());
              assertThat(segment.sha256()).isEqualTo(SHA256);
              assertThat(segment.bytes()).isEqualTo(5);
              assertThat(segment.rows()).isEqualTo(6);
            });
  }

  @Test
  void anImportMayHaveNothing() {
    assertThat(
            parse(
                """
                {"totals": null, "losses": null, "rollups": null, "segments": null}\
                """))
        .isEqualTo(new ImportParts(Map.of(), Map.of(), Map.of(), List.of()));
  }

  @Test
  void leavesOutWhatThisVersionDoesNotKnow() {
    ImportParts parts =
        parse(
            """
            {"losses": {"postcode": {"quantity": 1}},
             "segments": [
               {"id": 1, "levels": "postcode", "format": %1$d, "sha256": "%2$s", "bytes": 5, "rows": 6},
               {"id": 2, "levels": "blocks", "format": %3$d, "sha256": "%2$s", "bytes": 5, "rows": 6}]}
            """
                .formatted(SegmentLoading.FORMAT, SHA256, SegmentLoading.FORMAT + 1));

    assertThat(parts.losses()).isEmpty();
    assertThat(parts.segments()).isEmpty();
  }

  @Test
  void aTotalOfAnUnknownMeasureMakesTheReleaseUnreadable() {
    assertThatThrownBy(() -> parse("{\"totals\": {\"euros\": 1}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EUROS");
  }

  private static ImportParts parse(String document) {
    return ImportParts.parse(document, new HashMap<>());
  }
}
