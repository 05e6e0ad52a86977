package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of atoms as SQL: the summed lines of a file with the codes and groups, the class that
 * stays apart, the weights of the service, and the layers of the amounts instead of the amounts.
 */
public final class AtomRows {
  /** Columns that are summed in addition to quantity and layers. */
  public static final List<String> COUNTS = List.of("acts", "counted", "bare");

  private final List<CodeColumn> columns;
  private final ApartSql apart;

  public AtomRows(List<CodeColumn> columns, ApartSql apart) {
    this.columns = List.copyOf(columns);
    this.apart = apart;
  }

  /**
   * Renders summed lines with the layers of their amounts, which follow from their {@code traits}.
   */
  public static String layered(String table) {
    return """
    (SELECT *, %s FROM %s JOIN (
      SELECT traits, %s AS pattern FROM (SELECT DISTINCT ON (traits) * FROM %s)) USING (traits))
    """
        .formatted(Layer.values(), Layer.sorted(table), Layer.pattern(), table);
  }

  /**
   * Renders the rows of atoms; they add up to the table. Lines of a service whose acts alone count
   * have their acts as {@code counted}.
   *
   * @param table {@link #layered} lines, or the difference of two files of them
   */
  String from(String table) {
    return """
    SELECT %s, %s AS apart, service AS origin, per_act,
      CASE WHEN per_count = 0 THEN per_act ELSE per_count END AS per_count, pattern,
      quantity, %s, quantity AS acts,
      CASE WHEN per_count = 0 THEN quantity ELSE counted END AS counted, bare,
      charged, reimbursed, top_charged, top_reimbursed
    FROM %s%s
    """
        .formatted(
            codes().collect(joining(", ")),
            apart.expression(),
            String.join(", ", Layer.columns()),
            table,
            grouped()
                .map(column -> " JOIN %s USING (%s)".formatted(column.codeTable(), column.name()))
                .collect(joining()));
  }

  /** Quantity, layers and counts: what is summed when rows are put together. */
  public static Stream<String> sums() {
    return Stream.of(Stream.of("quantity"), Layer.columns().stream(), COUNTS.stream())
        .flatMap(names -> names);
  }

  Stream<CodeColumn> grouped() {
    return columns.stream().filter(column -> column.groups().isPresent());
  }

  static String group(CodeColumn column) {
    return column.groups().map(Level::id).orElseThrow();
  }

  /** The columns of all codes: of the dimensions, then of their groups. */
  Stream<String> codes() {
    return Stream.concat(names(), grouped().map(AtomRows::group));
  }

  Stream<String> names() {
    return columns.stream().map(CodeColumn::name);
  }

  /** The groups of the codes of the blocks in a table, named; a code that is a group is its own. */
  String groupsOf(String table) {
    return grouped()
        .map(c -> "coalesce(%s, %s.%s) AS %s".formatted(group(c), table, c.name(), group(c)))
        .collect(joining(", "));
  }

  /** The joins that {@link #groupsOf} needs. */
  String joinGroups(String table) {
    return grouped()
        .map(
            c ->
                " LEFT JOIN %s ON %s.%s = %s.%s"
                    .formatted(c.codeTable(), c.codeTable(), c.name(), table, c.name()))
        .collect(joining());
  }
}
