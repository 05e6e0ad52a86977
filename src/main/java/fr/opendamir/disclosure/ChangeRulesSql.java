package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.ReservedCodes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tries the rules of a revision ({@link RevisionSql}) on the groups of atoms that a search has
 * found, as SQL: the tables that the rules read, made of rows that are handed over, and what they
 * hold back.
 */
public final class ChangeRulesSql {
  /** Selects the groups that {@link #of} or {@link #ofRemainder} hold back. */
  public static final String HELD = "SELECT candidate FROM held";

  /** The columns of the atoms of groups that are handed over. */
  public static final List<String> MEMBER_COLUMNS = List.of("candidate", "atom");

  /** The columns of groups that are handed over, see {@link NewBlocks#heads}. */
  public static final List<String> HEAD_COLUMNS = List.of("candidate", "high", "low", "layers");

  private final AtomRows rows;
  private final AtomKey key;
  private final RevisionSql rules;

  ChangeRulesSql(AtomRows rows, AtomKey key, RevisionSql rules) {
    this.rows = rows;
    this.key = key;
    this.rules = rules;
  }

  /**
   * Creates the rows of the atoms of a stage.
   *
   * @param handed rows with {@link HandedAtoms#COLUMNS}
   */
  public String atoms(String handed) {
    return "-- name: the rows of the atoms of a stage\nCREATE TABLE atom_row AS "
        + new HandedAtoms(key).rows("*", handed);
  }

  /**
   * Compares groups with what is published; {@link #HELD} selects those that leave too few
   * contributors.
   *
   * @param recoding by which they were found; empty for single atoms
   * @param members rows with {@link #MEMBER_COLUMNS}
   * @param heads rows with {@link #HEAD_COLUMNS}
   */
  public List<String> of(Stage stage, Optional<Recoding> recoding, String members, String heads) {
    Optional<List<String>> fields = recoding.map(some -> key.fields(stage, some));
    return List.of(
        // A table, because DuckDB 2.0 can fail where one join reads another ("global dictionary
        // column changed identity").
        "CREATE TABLE member_row AS SELECT candidate, a.* FROM atom_row a JOIN %s USING (atom)"
            .formatted(members),
        safe(fields.orElse(List.of()), heads),
        rules.match(fields.orElseGet(() -> rows.names().toList())),
        "-- name: groups that are held back\nCREATE TABLE held AS "
            + rules.held(stage)
            + (recoding.isPresent() ? " UNION " + rules.oneAtom() : ""),
        "DELETE FROM member_row WHERE candidate IN (SELECT candidate FROM held)");
  }

  /** Creates {@code safe}: the codes of groups, and further columns that they are compared by. */
  private String safe(List<String> fields, String heads) {
    Stream<String> compared =
        Stream.concat(
            rows.grouped()
                .map(AtomRows::group)
                .filter(fields::contains)
                .map(group -> key.value(group, "high", "low") + " AS " + group),
            fields.contains(AtomKey.APART)
                ? Stream.of(key.value(AtomKey.APART, "high", "low") + " AS key_apart")
                : Stream.of());
    return """
    -- name: the codes of groups
    CREATE TABLE safe AS SELECT candidate, %s, layers FROM %s
    """
        .formatted(Stream.concat(Stream.of(key.codes()), compared).collect(joining(", ")), heads);
  }

  /**
   * Compares {@code remainder} as a block without codes with what is published; {@link #HELD}
   * selects it if it and published blocks without codes would leave too few contributors since an
   * earlier release.
   *
   * @param counted whether all amounts count, or the layers in the table {@code remainder}
   * @param block its number
   */
  public List<String> ofRemainder(Stage counted, long block) {
    return List.of(
        """
        -- name: the merged block
        CREATE TABLE safe AS
        SELECT %s, -1 AS apart, layers, %d::BIGINT AS candidate
        FROM (SELECT bit_or(pattern) FILTER (layer >= 0) AS layers FROM remainder)
        """
            .formatted(
                key.columns().stream()
                    .map(c -> c.literal(ReservedCodes.NOT_DISCLOSED) + " AS " + c.name())
                    .collect(joining(", ")),
                block),
        "CREATE TABLE member_row AS SELECT candidate, remainder.* FROM remainder, safe",
        rules.match(List.of()),
        "CREATE TABLE held AS " + rules.heldCell(counted));
  }

  /**
   * Selects the layers that groups lose: group and bits.
   *
   * @param areSingle whether each is made of one atom, or of what no rule about atoms can refuse
   */
  public String lostLayers(DisclosurePolicy policy, boolean areSingle) {
    String counted = LostLayers.counted(policy.components());
    String sql =
        rules.held(counted) + (areSingle ? "" : " UNION " + rules.oneAtomOfLayers(counted));
    return "SELECT candidate, bit_or(layers) FROM (%s) found(candidate, layers) GROUP BY candidate"
        .formatted(sql);
  }

  /** Removes what {@link #of} and {@link #ofRemainder} have made. */
  public List<String> end() {
    return List.of(
        "DROP TABLE IF EXISTS member_row",
        "DROP TABLE IF EXISTS compared",
        "DROP TABLE IF EXISTS safe",
        "DROP TABLE IF EXISTS held");
  }
}
