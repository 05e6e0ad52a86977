package fr.opendamir.access;

/**
 * What a kind of callers may do.
 *
 * @param burst units of a short window
 * @param daily units of a long window
 * @param requests requests to one process
 * @param concurrency questions of one caller in work or waiting at the same time
 * @param priority higher ones go to the database first
 */
public record Plan(
    String name, Quota burst, Quota daily, Quota requests, int concurrency, int priority) {
  /**
   * How many more units of files than of questions there are: a query that reads ranges of files
   * sends dozens of requests, and bytes from the disk are cheaper than scans.
   */
  public static final int FILES_FACTOR = 10;

  /** What as many callers may do together. */
  Plan times(int factor) {
    return new Plan(
        name,
        burst.times(factor),
        daily.times(factor),
        requests.times(factor),
        Math.multiplyExact(concurrency, factor),
        priority);
  }

  /** The allowance of files: units of the same windows, and more of them. */
  Plan ofFiles() {
    return new Plan(
        name,
        burst.times(FILES_FACTOR),
        daily.times(FILES_FACTOR),
        requests,
        concurrency,
        priority);
  }

  public Plan {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be 1 or more, not " + concurrency);
    }
    if (daily.units() < burst.units() || daily.window().compareTo(burst.window()) < 0) {
      throw new IllegalArgumentException("daily must not be less than burst");
    }
  }
}
