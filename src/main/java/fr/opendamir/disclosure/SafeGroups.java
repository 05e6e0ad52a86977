package fr.opendamir.disclosure;

import fr.opendamir.catalog.Level;
import java.util.ArrayList;
import java.util.List;

/** The groups of pending atoms that have enough contributors, as SQL. */
final class SafeGroups {
  /** The keys of the atoms themselves: before any recoding each is a group of its own. */
  static final List<String> ATOM = List.of("atom");

  /** Takes the members of the groups that no rule holds back out of {@code pending}. */
  static final String REMOVE_MEMBERS =
      "DELETE FROM pending WHERE atom IN (SELECT atom FROM member)";

  private final Stage stage;
  private final List<CodeColumn> columns;
  private final ContributorWeights weights;
  private final AtomKey key;

  SafeGroups(Stage stage, List<CodeColumn> columns, ContributorWeights weights, AtomKey key) {
    this.stage = stage;
    this.columns = List.copyOf(columns);
    this.weights = weights;
    this.key = key;
  }

  /** The fields of {@link AtomKey} in which the atoms of a group agree. */
  List<String> keys(Recoding recoding) {
    List<String> keys = new ArrayList<>();
    for (CodeColumn column : columns) {
      if (recoding.keeps(column.dimension())) {
        keys.add(column.name());
      } else if (recoding.keepsGroup(column.dimension())) {
        column.groups().map(Level::id).ifPresent(keys::add);
      }
    }
    if (stage == Stage.PIECES) {
      keys.add(AtomKey.LAYER);
    }
    if (!recoding.givesUpEverything()) {
      keys.add(AtomKey.APART);
    }
    return keys;
  }

  /**
   * Creates the table {@code found} of the groups: {@code part} is what its atoms have in common,
   * {@code candidate} the number of the block that it may become.
   *
   * @param keys of a recoding, or {@link #ATOM}
   */
  String find(List<String> keys) {
    return """
    -- name: groups of pending atoms that are safe now
    CREATE TABLE found AS
    SELECT part, %s AS units, sum(units) AS uncapped,
      row_number() OVER (ORDER BY part) + greatest((SELECT coalesce(max(block), 0) FROM content),
        (SELECT coalesce(max(block), 0) FROM piece),
        (SELECT coalesce(max(candidate), 0) FROM accepted)) AS candidate
    FROM (
      SELECT %s AS part, origin, sum(bare)::BIGINT AS bare,
        least(abs(sum(units_of_acts)::BIGINT), abs(sum(units_of_counts)::BIGINT)) AS units
      FROM pending GROUP BY part, origin)
    GROUP BY part HAVING %s >= %d
    """
        .formatted(
            weights.unitsOfServices(),
            part(keys, ""),
            weights.unitsOfServices(),
            weights.threshold());
  }

  /** Creates the table {@code member} of the atoms of the groups in {@code found}. */
  String members(List<String> keys) {
    return """
    -- name: the atoms of these groups
    CREATE TABLE member AS
    SELECT b.candidate, a.* FROM pending a JOIN found b ON %s = b.part
    """
        .formatted(part(keys, "a."));
  }

  /** What names the group of an atom. Numbers of blocks follow its order. */
  private String part(List<String> keys, String table) {
    return keys.equals(ATOM) ? table + "atom" : key.under(keys, table + "key");
  }
}
