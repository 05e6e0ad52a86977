package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import java.util.ArrayList;
import java.util.List;

/** The code tables that the algorithm needs: groups, and weights of services. */
final class CodeTables {
  private final DuckDbSession session;
  private final Catalog catalog;
  private final ContributorWeights weights;
  private final List<CodeColumn> columns;
  private final List<String> tables;

  /**
   * Creates the tables.
   *
   * @param tables tables in which the codes occur
   */
  CodeTables(
      DuckDbSession session,
      Catalog catalog,
      ContributorWeights weights,
      List<CodeColumn> columns,
      List<String> tables) {
    this.session = session;
    this.catalog = catalog;
    this.weights = weights;
    this.columns = columns;
    this.tables = tables;
  }

  void create() {
    columns.forEach(column -> column.groups().ifPresent(groups -> create(column, groups)));
  }

  private void create(CodeColumn column, Level groups) {
    boolean isWeighed = column.dimension() == Dimension.SERVICE;
    List<String> rows = new ArrayList<>();
    session.forEach(
        "SELECT DISTINCT %s AS code FROM (%s) ORDER BY code"
            .formatted(
                column.decode(column.name()),
                tables.stream()
                    .map(name -> "SELECT " + column.name() + " FROM " + name)
                    .collect(joining(" UNION ALL "))),
        found -> {
          String code = found.getString("code");
          rows.add(
              "(%s, %s%s)"
                  .formatted(
                      column.literal(code),
                      column.literal(group(groups, code)),
                      isWeighed ? ", " + weights.unitsPerAct(code) : ""));
        });
    session.run(
        "CREATE TABLE %s AS SELECT * FROM (VALUES %s) codes(%s, %s%s)"
            .formatted(
                column.codeTable(),
                String.join(", ", rows),
                column.name(),
                groups.id(),
                isWeighed ? ", units_per_act" : ""));
  }

  /**
   * Returns the group of a code. A code that is not filled in may have no group and is returned
   * unchanged.
   */
  private String group(Level groups, String code) {
    String group = catalog.coarser(groups, code);
    return group.equals(ReservedCodes.NOT_FILLED) ? group : ReservedCodes.ofGroup(group);
  }
}
