package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows of atoms that are handed over to the database.
 *
 * @param key of the atoms
 */
public record HandedAtoms(AtomKey key) {
  /** What is handed over, see {@link StageAtoms}. */
  public static final List<String> COLUMNS =
      Stream.concat(Stream.of("atom", "layer", "service", "pattern"), NewBlocks.sums().stream())
          .toList();

  /**
   * Renders the rows with the columns of {@code content} that they have.
   *
   * @param selected the columns, or {@code *}
   * @param handed rows with {@link #COLUMNS}
   */
  String rows(String selected, String handed) {
    String services = CodeColumn.of(Dimension.SERVICE, key.columns()).name();
    return """
    SELECT %s FROM (
      SELECT atom, layer, %s AS origin, per_act, per_count, pattern,
        CASE WHEN layer < 0 THEN acts ELSE 0 END AS quantity, %s
      FROM %s JOIN weight_of_service USING (service))
    """
        .formatted(
            selected,
            key.decoded(services, "service"),
            String.join(", ", NewBlocks.sums()),
            handed);
  }
}
