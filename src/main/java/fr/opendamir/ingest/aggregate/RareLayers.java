package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layers that too few contributors of the whole month have, in the table {@code hidden}. They
 * are hidden in one block without codes, which blocks join until their other layers hide them: no
 * combination of its amounts is a rare layer alone. Where no blocks suffice, the totals of the
 * month reveal the layer anyway; a change is then refused.
 */
final class RareLayers {
  private final DuckDbSession session;
  private final ContributorWeights weights;
  private final JoiningBlocks blocks;
  private final boolean isRevision;
  private final List<Layer> rare = new ArrayList<>();

  RareLayers(
      DuckDbSession session, ContributorWeights weights, JoiningBlocks blocks, boolean isRevision) {
    this.session = session;
    this.weights = weights;
    this.blocks = blocks;
    this.isRevision = isRevision;
    session.run(
        "CREATE TABLE hidden AS SELECT %s FROM content LIMIT 0".formatted(JoiningBlocks.COLUMNS));
  }

  /** Adds a layer with the rows of the table {@code remainder}, and drops that table. */
  void add(Layer layer) {
    rare.add(layer);
    session.run("INSERT INTO hidden SELECT * FROM remainder");
    session.run("DROP TABLE remainder");
  }

  boolean isEmpty() {
    return rare.isEmpty();
  }

  /** A layer of the month, as a message can name it. */
  String description() {
    return rare.get(0).description();
  }

  /**
   * Moves the layers, and the blocks that join them, to the table {@code remainder}.
   *
   * @return whether it can be published
   */
  boolean collect() {
    session.run("CREATE TABLE remainder AS SELECT * FROM hidden");
    List<Layer> others = new ArrayList<>();
    boolean safe = false;
    boolean hidden = false;
    for (Candidate candidate : candidates()) {
      boolean adds = candidate.layers().anyMatch(layer -> !layer.isHiddenAmong(others));
      if (!hidden && (!safe || adds)) {
        blocks.join("block = " + candidate.block);
        Set<Layer> few = new HashSet<>(rare);
        others.clear();
        joinedLayers()
            .forEach(
                (layer, units) -> {
                  if (units < weights.threshold()) {
                    few.add(layer);
                  } else if (!few.contains(layer)) {
                    others.add(layer);
                  }
                });
        safe =
            session.number(
                    "SELECT units AS n FROM (%s)"
                        .formatted(weights.units("", "(FROM remainder WHERE layer < 0)")))
                >= weights.threshold();
        hidden = safe && few.stream().allMatch(layer -> layer.isHiddenAmong(others));
      }
    }
    return safe && (hidden || !isRevision);
  }

  /** The first block of each set of layers. */
  private record Candidate(long block, long pattern) {
    Stream<Layer> layers() {
      return Layer.ALL.stream().filter(layer -> (pattern & layer.bit()) != 0);
    }
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    blocks.create(Optional.empty());
    // Changes with codes stay: others were accepted because of them.
    session.forEach(
        "SELECT arg_min(block, place) AS block, pattern FROM candidate WHERE %s GROUP BY pattern ORDER BY min(place)"
            .formatted(isRevision ? "without_codes" : "true"),
        row -> candidates.add(new Candidate(row.getLong("block"), row.getLong("pattern"))));
    blocks.drop();
    return candidates;
  }

  /** The contributors, in units, of each layer of the blocks in the remainder. */
  private Map<Layer, Long> joinedLayers() {
    Map<Layer, Long> units = new LinkedHashMap<>();
    session.forEach(
        weights.units(
            "index",
            """
            (SELECT index, remainder.* FROM remainder CROSS JOIN (VALUES %s) p(index, bit)
             WHERE layer < 0 AND pattern & bit <> 0)
            """
                .formatted(
                    Layer.ALL.stream()
                        .map(p -> "(%d, %d)".formatted(p.index(), p.bit()))
                        .collect(joining(", ")))),
        row -> units.put(Layer.ALL.get(row.getInt("index")), row.getLong("units")));
    return units;
  }
}
