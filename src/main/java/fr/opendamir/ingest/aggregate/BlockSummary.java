package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.ingest.port.ProtectionSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sums the detail that the blocks do not disclose. */
final class BlockSummary {
  private final DuckDbSession session;
  private final List<CodeColumn> columns;
  private final ContributorWeights weights;

  BlockSummary(DuckDbSession session, List<CodeColumn> columns, ContributorWeights weights) {
    this.session = session;
    this.columns = columns;
    this.weights = weights;
  }

  /**
   * Sums the blocks.
   *
   * @param atoms number of atoms of the file
   */
  ProtectionSummary read(long atoms) {
    List<String> parts = new ArrayList<>();
    for (Level level : Grouping.possibleLevels()) {
      for (SourceMeasure measure : ProtectionSummary.MEASURES) {
        parts.add(
            "coalesce(sum(%s) FILTER (%s), 0)::BIGINT AS %s_%s"
                .formatted(measure.id(), hidden(level), level.id(), measure.id()));
      }
    }
    Map<Level, Map<SourceMeasure, Long>> notDisclosed = new EnumMap<>(Level.class);
    long[] counts = new long[2];
    session.forEach(
        // Many blocks have few combinations of levels that are not disclosed: those are summed
        // first.
        """
        SELECT coalesce(sum(blocks), 0)::BIGINT AS blocks, coalesce(min(units), 0) // %d AS smallest, %s
        FROM (SELECT %s, %s, count(*) AS blocks, min(units) AS units FROM block GROUP BY %s)
        """
            .formatted(
                weights.unitsPerPerson(),
                String.join(", ", parts),
                levels(level -> "(%s) AS %s".formatted(isNotDisclosed(level), hidden(level))),
                ProtectionSummary.MEASURES.stream()
                    .map(measure -> "sum(%1$s) AS %1$s".formatted(measure.id()))
                    .collect(joining(", ")),
                levels(BlockSummary::hidden)),
        row -> {
          counts[0] = row.getLong("blocks");
          counts[1] = row.getLong("smallest");
          for (Level level : Grouping.possibleLevels()) {
            Map<SourceMeasure, Long> ofLevel = new EnumMap<>(SourceMeasure.class);
            for (SourceMeasure measure : ProtectionSummary.MEASURES) {
              ofLevel.put(measure, row.getLong(level.id() + "_" + measure.id()));
            }
            notDisclosed.put(level, ofLevel);
          }
        });
    return new ProtectionSummary(atoms, counts[0], counts[1], notDisclosed);
  }

  private static String levels(Function<Level, String> expression) {
    return Grouping.possibleLevels().stream().map(expression).collect(joining(", "));
  }

  private static String hidden(Level level) {
    return "hidden_" + level.id();
  }

  private String isNotDisclosed(Level level) {
    CodeColumn column = CodeColumn.of(level.dimension(), columns);
    String isNd = column.name() + " = " + column.literal(ReservedCodes.NOT_DISCLOSED);
    if (!level.isFinest()) {
      return isNd;
    }
    return Stream.concat(
            Stream.of(isNd),
            column.words().stream()
                .filter(ReservedCodes::isNotDisclosed)
                .map(word -> column.name() + " = " + column.literal(word)))
        .collect(joining(" OR "));
  }
}
