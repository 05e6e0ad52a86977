package fr.opendamir.cli;

import java.time.Duration;

/** What lines of progress have in common. */
final class ProgressText {
  private static final long MEGABYTE = 1_000_000;

  private ProgressText() {}

  static String megabytes(long bytes) {
    return bytes >= MEGABYTE ? bytes / MEGABYTE + " MB" : bytes + " bytes";
  }

  /**
   * The time that is left.
   *
   * @param start of the work, of {@link System#nanoTime()}
   * @param share of the work that is done, 0..1
   */
  static String left(long start, double share) {
    if (share <= 0.01) {
      return "?";
    }
    double elapsed = System.nanoTime() - start;
    Duration left = Duration.ofNanos((long) (elapsed * (1 - share) / share));
    return left.toMinutes() > 0
        ? "%d min %02d s".formatted(left.toMinutes(), left.toSecondsPart())
        : left.toSeconds() + " s";
  }
}
