package fr.opendamir.cli;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.port.RollupChoice;
import fr.opendamir.ingest.rollup.ScannedRows;
import fr.opendamir.store.StoredRollups;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains which rollups are stored. */
@Command(
    name = "rollups",
    description = {
      "Explain the stored rollups: which there are, in the order they were chosen in, what each"
          + " lets questions scan, and what the newest month has of each.",
      "With levels, tell what a question by them is answered from."
    },
    mixinStandardHelpOptions = true)
final class RollupsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "LEVELS",
      arity = "0..1",
      description = "Levels a question groups by or filters on, such as region,age_band.")
  String levels;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Grouping> question = Optional.ofNullable(levels).map(this::grouping);
    try (ServingDatabase database = ServingDatabase.open(true)) {
      Optional<StoredRollups> stored = StoredRollups.read(database.settings());
      if (stored.isEmpty()) {
        out.println("Nothing is published.");
      } else if (question.isPresent()) {
        explain(out, stored.get(), question.get());
      } else {
        stored.get().choice().ifPresent(choice -> explain(out, stored.get(), choice));
        summarise(out, stored.get());
      }
    }
    out.flush();
    return 0;
  }

  private Grouping grouping(String text) {
    return Grouping.parse(text.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "« "
                        + text
                        + " » names a level that does not exist; levels are "
                        + Arrays.stream(Level.values()).map(Level::id).collect(joining(", "))));
  }

  private static void explain(PrintWriter out, StoredRollups stored, Grouping question) {
    Map.Entry<Grouping, Long> best =
        stored.rows().entrySet().stream()
            .filter(rollup -> rollup.getKey().covers(question))
            .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .orElse(null);
    out.printf(
        Locale.ROOT,
        "%s by %s: %,d rows of %s%n",
        stored.month(),
        question.id(),
        best == null ? stored.blocks() : best.getValue(),
        best == null
            ? "blocks; no rollup has all of these levels"
            : "the rollup " + best.getKey().id());
  }

  private static void explain(PrintWriter out, StoredRollups stored, RollupChoice choice) {
    out.printf(
        Locale.ROOT,
        "Chosen on a month of %,d blocks, %s rows allowed for each; without rollups, a question of up"
            + " to four levels takes as long in columns as reading %,.0f rows of one.%n%n",
        choice.blocks(),
        choice.budget(),
        choice.meanWithout());
    out.printf("%4s %12s %12s %14s  %s%n", "", "estimated", stored.month(), "mean after", "levels");
    int position = 1;
    for (RollupChoice.Step step : choice.steps()) {
      Long rows = stored.rows().get(step.grouping());
      out.printf(
          Locale.ROOT,
          "%4d %,12d %12s %,14.0f  %s%n",
          position++,
          step.rows(),
          rows == null ? "-" : String.format(Locale.ROOT, "%,d", rows),
          step.meanAfter(),
          step.grouping().id().isEmpty() ? "(total)" : step.grouping().id());
    }
    out.println();
  }

  private static void summarise(PrintWriter out, StoredRollups stored) {
    ScannedRows scanned = ScannedRows.of(stored.rows(), stored.blocks());
    out.printf(
        Locale.ROOT,
        "%s: %,d blocks, %,d rollups of %,d rows; questions of up to four levels scan %,d rows in"
            + " the mean, half of them %,d, 95 in 100 %,d.%n",
        stored.month(),
        stored.blocks(),
        stored.rows().size(),
        stored.rows().values().stream().mapToLong(Long::longValue).sum(),
        scanned.mean(),
        scanned.percentile(0.5),
        scanned.percentile(0.95));
  }
}
