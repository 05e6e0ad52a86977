package fr.opendamir.access;

import java.time.Duration;

/**
 * So many units or requests in every window.
 *
 * @param window starts with a caller's first use
 */
public record Quota(long units, Duration window) {
  /** Callers that were away for longer are forgotten. */
  static final Duration LONGEST = Duration.ofDays(1);

  public Quota {
    if (units < 1) {
      throw new IllegalArgumentException("quota must be 1 or more, not " + units);
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("window must be 1s to 86400s, not " + window);
    }
  }

  Quota times(int factor) {
    return new Quota(Math.multiplyExact(units, factor), window);
  }

  /**
   * Units that a price takes: a price above the quota takes all of it, or it could never be paid.
   */
  long share(long price) {
    return Math.min(price, units);
  }
}
