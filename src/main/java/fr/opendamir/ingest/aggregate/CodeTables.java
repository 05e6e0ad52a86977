package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import java.util.ArrayList;
import java.util.List;

/** The code tables that the algorithm needs: groups, weights of services, classes of exemptions. */
final class CodeTables {
  private final DuckDbSession session;
  private final Catalog catalog;
  private final DisclosurePolicy policy;
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
      DisclosurePolicy policy,
      ContributorWeights weights,
      List<CodeColumn> columns,
      List<String> tables) {
    this.session = session;
    this.catalog = catalog;
    this.policy = policy;
    this.weights = weights;
    this.columns = columns;
    this.tables = tables;
  }

  void create() {
    columns.forEach(column -> column.groups().ifPresent(groups -> create(column, groups)));
  }

  private void create(CodeColumn column, Level groups) {
    List<String> rows = new ArrayList<>();
    session.forEach(
        "SELECT %s AS code FROM (%s) ORDER BY code"
            .formatted(
                column.decode(column.name()),
                tables.stream()
                    .map(name -> "SELECT DISTINCT " + column.name() + " FROM " + name)
                    .collect(joining(" UNION "))),
        found -> {
          String code = found.getString("code");
          rows.add(
              "(%s, %s%s)"
                  .formatted(
                      column.literal(code),
                      column.literal(group(groups, code)),
                      furtherValues(column, code)));
        });
    session.run(
        "CREATE TABLE %s AS SELECT * FROM (VALUES %s) codes(%s, %s%s)"
            .formatted(
                column.codeTable(),
                String.join(", ", rows),
                column.name(),
                groups.id(),
                column.dimension() == Dimension.SERVICE
                    ? ", per_act, per_count"
                    : ", exemption_class"));
  }

  /** The weights of a service, or the class of an exemption. */
  private String furtherValues(CodeColumn column, String code) {
    return column.dimension() == Dimension.SERVICE
        ? ", %d::BIGINT, %d::BIGINT"
            .formatted(weights.unitsPerAct(code), weights.unitsPerCount(code))
        : ", " + policy.exemptionClass(code);
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
