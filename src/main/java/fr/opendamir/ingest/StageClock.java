package fr.opendamir.ingest;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Announces stages and measures their duration in seconds. */
final class StageClock {
  private final FileProgress progress;
  private final Map<String, BigDecimal> seconds = new LinkedHashMap<>();

  StageClock(FileProgress progress) {
    this.progress = progress;
  }

  <T> T time(ImportStage stage, Supplier<T> work) {
    progress.stage(stage);
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(stage.name().toLowerCase(Locale.ROOT), secondsSince(start));
    return result;
  }

  void run(ImportStage stage, Runnable work) {
    var unused =
        time(
            stage,
            () -> {
              work.run();
              return true;
            });
  }

  Map<String, BigDecimal> seconds() {
    return seconds;
  }

  static BigDecimal secondsSince(long startNanos) {
    return BigDecimal.valueOf((System.nanoTime() - startNanos) / 1_000_000, 3);
  }
}
