package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The codes of new blocks as SQL. A block has the code that all its atoms share, otherwise their
 * shared group, otherwise ND. A block of a revision has only the codes it was grouped by, because
 * the rules of a revision were checked for exactly these.
 */
final class SharedCodes {
  private final List<CodeColumn> columns;
  private final AtomRows rows;
  private final AtomKey key;
  private final boolean isRevision;

  SharedCodes(List<CodeColumn> columns, AtomRows rows, AtomKey key, boolean isRevision) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.key = key;
    this.isRevision = isRevision;
  }

  /**
   * Creates, for the groups in {@code member}, the view {@code member_row} of the rows of their
   * atoms, and the table {@code safe} of their codes and layers: {@code layers} are those of any
   * row.
   *
   * @param keys by which the atoms were grouped; empty if each is a group
   */
  List<String> ofGroups(Optional<List<String>> keys) {
    return List.of(
        "CREATE TEMPORARY VIEW member_row AS SELECT member.candidate, a.* FROM atom_row a JOIN"
            + " member USING (atom)",
        """
        -- name: the codes that they share
        CREATE TABLE safe AS
        SELECT candidate, %s%s AS apart, layers FROM (
          SELECT candidate, bit_and(key) AS common, xor(bit_and(key), bit_or(key)) AS different,
            bit_or(pattern) AS layers
          FROM member_row GROUP BY candidate)
        """
            .formatted(
                Stream.concat(
                        columns.stream().map(column -> code(column, keys)),
                        compared(keys.orElse(List.of())))
                    .map(expression -> expression + ", ")
                    .collect(joining()),
                "CASE%s ELSE -1 END".formatted(whenShared(AtomKey.APART))));
  }

  private String code(CodeColumn column, Optional<List<String>> keys) {
    String name = column.name();
    Optional<String> group = column.groups().map(Level::id);
    String notDisclosed = column.literal(ReservedCodes.NOT_DISCLOSED);
    if (isRevision && keys.isPresent()) {
      return Stream.concat(Stream.of(name), group.stream())
              .filter(keys.get()::contains)
              .findFirst()
              .map(this::common)
              .orElse(notDisclosed)
          + " AS "
          + name;
    }
    return "CASE%s%s ELSE %s END AS %s"
        .formatted(whenShared(name), group.map(this::whenShared).orElse(""), notDisclosed, name);
  }

  /** Further columns by which a change is compared with what is published. */
  private Stream<String> compared(List<String> keys) {
    if (!isRevision) {
      return Stream.of();
    }
    return Stream.concat(
        rows.grouped()
            .map(AtomRows::group)
            .filter(keys::contains)
            .map(group -> common(group) + " AS " + group),
        keys.contains(AtomKey.APART)
            ? Stream.of(common(AtomKey.APART) + " AS key_apart")
            : Stream.of());
  }

  private String whenShared(String name) {
    return " WHEN %s = 0 THEN %s".formatted(key.under(List.of(name), "different"), common(name));
  }

  private String common(String name) {
    return key.value(name, "common");
  }
}
