package fr.opendamir.table;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A level that rows are grouped by. Rows have the codes of all axes, even if no column shows them.
 *
 * @param labels maps a code to its label; absent if only codes are requested
 * @param names the labels of its codes in both languages; absent if its codes have no labels
 */
public record Axis(
    String id,
    String title,
    Role role,
    Optional<UnaryOperator<String>> labels,
    Optional<CodeNames> names) {
  /** The kind of axis, for charts and maps. */
  public enum Role {
    TIME,
    PLACE,
    OTHER
  }
}
