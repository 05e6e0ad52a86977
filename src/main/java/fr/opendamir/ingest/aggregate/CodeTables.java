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
import java.util.function.Function;

/** What the algorithm must know of the codes that occur: their groups and weights. */
final class CodeTables {
  private final DuckDbSession session;
  private final Catalog catalog;
  private final ContributorWeights weights;
  private final List<CodeColumn> columns;
  private final List<String> tables;

  /**
   * Prepares the tables.
   *
   * @param tables where codes occur
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
    CodeColumn service = column(Dimension.SERVICE);
    create(
        service,
        "service_weight(service, units_per_act, service_group)",
        code ->
            "%s, %d, %s"
                .formatted(
                    service.literal(code),
                    weights.unitsPerAct(code),
                    service.literal(
                        ReservedCodes.GROUP_PREFIX + catalog.coarser(Level.SERVICE_GROUP, code))));
    CodeColumn exemption = column(Dimension.EXEMPTION);
    create(
        exemption,
        "exemption_code(exemption, exemption_group)",
        code ->
            "%s, %s"
                .formatted(
                    exemption.literal(code),
                    exemption.literal(
                        code.equals(ReservedCodes.NOT_FILLED)
                            ? code
                            : ReservedCodes.GROUP_PREFIX
                                + catalog.coarser(Level.EXEMPTION_GROUP, code))));
  }

  private void create(CodeColumn column, String table, Function<String, String> row) {
    List<String> rows = new ArrayList<>();
    session.forEach(
        "SELECT DISTINCT %s AS code FROM (%s) ORDER BY code"
            .formatted(
                column.decode(column.name()),
                tables.stream()
                    .map(name -> "SELECT " + column.name() + " FROM " + name)
                    .collect(joining(" UNION ALL "))),
        found -> rows.add("(" + row.apply(found.getString("code")) + ")"));
    String created = table.substring(0, table.indexOf('('));
    session.run(
        "CREATE TABLE %s AS SELECT * FROM (VALUES %s) %s"
            .formatted(created, String.join(", ", rows), table));
  }

  private CodeColumn column(Dimension dimension) {
    return columns.stream().filter(c -> c.dimension() == dimension).findFirst().orElseThrow();
  }
}
