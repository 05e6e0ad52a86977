package fr.opendamir.api.mcp;

import java.util.List;

/** Thrown for an argument of a tool that cannot be used as it was sent. */
final class RefusedArgumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> didYouMean;

  /**
   * Creates the exception.
   *
   * @param didYouMean values that would work
   */
  RefusedArgumentException(String argument, String reason, List<String> didYouMean) {
    super(argument + " " + reason);
    this.didYouMean = List.copyOf(didYouMean);
  }

  List<String> didYouMean() {
    return didYouMean;
  }
}
