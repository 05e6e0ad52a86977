package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Question;
import java.util.List;

/** A question whose answer would take more work than one question may. */
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A smaller question that would be answered.
   *
   * @param change what it leaves out or adds
   */
  public record Suggestion(Label change, Question query) {}

  private final long scannedRows;
  private final long maxScannedRows;
  private final transient List<Suggestion> suggestions;

  TooLargeException(long scannedRows, long maxScannedRows, List<Suggestion> suggestions) {
    super(scannedRows + " rows to scan, at most " + maxScannedRows);
    this.scannedRows = scannedRows;
    this.maxScannedRows = maxScannedRows;
    this.suggestions = List.copyOf(suggestions);
  }

  public long scannedRows() {
    return scannedRows;
  }

  public long maxScannedRows() {
    return maxScannedRows;
  }

  public List<Suggestion> suggestions() {
    return suggestions;
  }
}
