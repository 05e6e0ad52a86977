package fr.opendamir.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;

/**
 * The result of an import.
 *
 * @param release the new release, the last one of several; absent if nothing was published
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportReport(
    String release,
    @JsonProperty("total_seconds") BigDecimal totalSeconds,
    List<FileReport> files) {
  public ImportReport {
    files = List.copyOf(files);
  }

  /** Whether every file is published, now or by an earlier import, or could be. */
  public boolean isComplete() {
    return files.stream()
        .noneMatch(file -> file.status().equals("failed") || file.status().equals("skipped"));
  }
}
