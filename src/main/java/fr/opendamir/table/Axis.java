package fr.opendamir.table;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A level that rows are grouped by. Rows have the codes of all axes, whether columns show them or
 * not.
 *
 * @param labels the label of a code; absent where only codes are asked for
 */
public record Axis(String id, String title, Role role, Optional<UnaryOperator<String>> labels) {
  /** What charts and maps need to know of an axis. */
  public enum Role {
    TIME,
    PLACE,
    OTHER
  }
}
