package fr.opendamir.reference;

import fr.opendamir.catalog.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The reference tables of this version of the service. Immutable and thread-safe. */
public final class ReferenceTables {
  /** The table that rates are divided by. */
  public static final String POPULATION = "population";

  private final List<ReferenceTable> tables;

  private ReferenceTables(List<ReferenceTable> tables) {
    this.tables = List.copyOf(tables);
  }

  /** Reads every table; throws if one is missing or incomplete. */
  public static ReferenceTables load() {
    List<Map<String, String>> columns = ReferenceFiles.read("columns.csv");
    return new ReferenceTables(
        ReferenceFiles.read("tables.csv").stream().map(table -> table(table, columns)).toList());
  }

  /** All tables, in the order in which they are listed. */
  public List<ReferenceTable> all() {
    return tables;
  }

  public Optional<ReferenceTable> find(String id) {
    return tables.stream().filter(table -> table.id().equals(id)).findFirst();
  }

  public ReferenceTable get(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("no reference table " + id));
  }

  /** The versions that a release pins: those of the tables that measures are calculated from. */
  public static List<String> pinned() {
    return ReferenceFiles.read("tables.csv").stream()
        .filter(table -> table.get("id").equals(POPULATION))
        .map(table -> table.get("id") + "@" + table.get("version"))
        .toList();
  }

  private static ReferenceTable table(
      Map<String, String> table, List<Map<String, String>> allColumns) {
    String id = table.get("id");
    List<ReferenceColumn> columns =
        allColumns.stream()
            .filter(column -> column.get("table").equals(id))
            .map(ReferenceTables::column)
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> row : ReferenceFiles.read(id + ".csv")) {
      if (!List.copyOf(row.keySet()).equals(columns.stream().map(ReferenceColumn::name).toList())) {
        throw new IllegalStateException(id + " has the columns " + row.keySet());
      }
      rows.add(List.copyOf(row.values()));
    }
    return new ReferenceTable(
        id,
        table.get("version"),
        table.get("updated"),
        table.get("vintage"),
        label(table, "label"),
        table.get("source"),
        table.get("licence"),
        label(table, "notes"),
        columns,
        rows);
  }

  private static ReferenceColumn column(Map<String, String> column) {
    return new ReferenceColumn(
        column.get("column"),
        ReferenceColumn.Type.valueOf(column.get("type").toUpperCase(Locale.ROOT)),
        column.get("unit"),
        label(column, "label"));
  }

  private static Label label(Map<String, String> row, String name) {
    return new Label(row.get(name + "_fr"), row.get(name + "_en"));
  }
}
