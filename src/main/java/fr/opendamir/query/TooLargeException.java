package fr.opendamir.query;

import fr.opendamir.catalog.Label;
import fr.opendamir.question.Question;
import java.util.List;

/** A question would scan more rows than allowed. */
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A smaller question that is within the limit.
   *
   * @param change the difference from the rejected question
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
