package fr.opendamir.reference;

import fr.opendamir.catalog.Label;
import java.util.List;

/**
 * A reference table.
 *
 * @param version changes whenever the rows change
 * @param updated the time of this version, RFC 3339
 * @param vintage the dates that the figures are about
 * @param columns keys and texts in any order, then the figures
 * @param rows the values of the columns as text, empty without a value; ordered by their keys
 */
public record ReferenceTable(
    String id,
    String version,
    String updated,
    String vintage,
    Label label,
    String source,
    String licence,
    Label notes,
    List<ReferenceColumn> columns,
    List<List<String>> rows) {
  public ReferenceTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The name and version, as releases and entity tags have them. */
  public String versionedId() {
    return id + "@" + version;
  }

  /** The columns that are not figures. */
  public List<ReferenceColumn> texts() {
    return columns.stream().filter(column -> !column.isFigure()).toList();
  }

  public List<ReferenceColumn> figures() {
    return columns.stream().filter(ReferenceColumn::isFigure).toList();
  }

  /** The position of a column; -1 if there is none of that name. */
  public int position(String column) {
    return columns.stream().map(ReferenceColumn::name).toList().indexOf(column);
  }
}
