package fr.opendamir.ops;

import fr.opendamir.answer.QuestionObserver;
import fr.opendamir.query.QuestionPlan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What questions were answered from, and how long they waited and took. */
@ApplicationScoped
class QuestionMetrics implements QuestionObserver {
  /**
   * Rollups with a metric of their own. An import chooses some thirty, and later ones may choose
   * others: those beyond are counted together, so that the number of series stays bounded.
   */
  private static final int MOST_ROLLUPS = 64;

  static final String OTHER = "other";

  private static final Duration[] BOUNDS =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Set<String> rollups = ConcurrentHashMap.newKeySet();

  QuestionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(Asked question) {
    String door = question.door();
    for (QuestionPlan.Source source : question.plan().sources()) {
      Counter.builder("opendamir.questions")
          .description("Questions that read from a rollup, or from blocks")
          .tag("door", door)
          .tag("rollup", bounded(source.name()))
          .register(registry)
          .increment();
    }
    Counter.builder("opendamir.scanned.rows")
        .description("Rows of rollups or blocks that questions scanned")
        .tag("door", door)
        .register(registry)
        .increment((double) question.plan().scannedRows());
    timer("opendamir.question.waiting", "How long a question waited for its turn")
        .tag("door", door)
        .register(registry)
        .record(question.waitedNanos(), TimeUnit.NANOSECONDS);
    timer("opendamir.question.database", "From a question's turn until its rows were there")
        .tag("door", door)
        .tag("answered", String.valueOf(question.isAnswered()))
        .register(registry)
        .record(question.workedNanos(), TimeUnit.NANOSECONDS);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
  }

  /** The name of a rollup, while there are not too many. */
  String bounded(String rollup) {
    String name = rollup.isEmpty() ? "total" : rollup;
    if (rollups.contains(name)) {
      return name;
    }
    if (rollups.size() >= MOST_ROLLUPS) {
      return OTHER;
    }
    rollups.add(name);
    return name;
  }
}
