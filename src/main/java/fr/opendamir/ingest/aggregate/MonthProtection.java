package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.ApartSql;
import fr.opendamir.disclosure.AtomKey;
import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.Layer;
import fr.opendamir.disclosure.RevisionSql;
import fr.opendamir.disclosure.SafeBlockSql;
import fr.opendamir.disclosure.Stage;
import fr.opendamir.disclosure.StageAtoms;
import fr.opendamir.ingest.port.ImportRefusedException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs the safe-block algorithm on the atoms of a month, or on the change of a published month. */
final class MonthProtection {
  private final DuckDbSession session;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final List<CodeColumn> columns;
  private final ApartSql apart;
  private final AtomRows rows;
  private final Optional<RevisionSql> revision;
  private final int ordinal;

  /**
   * Prepares the protection; {@code line_sum} holds the atoms, in a revision also {@code
   * new_line_sum} the whole new file and {@code content} the published blocks.
   *
   * @param publishedImports number of published imports of the month that this one revises; 0 for a
   *     first import
   */
  MonthProtection(
      DuckDbSession session,
      DisclosurePolicy policy,
      ContributorWeights weights,
      List<CodeColumn> columns,
      YearMonth month,
      int publishedImports) {
    this.session = session;
    this.policy = policy;
    this.weights = weights;
    this.columns = columns;
    this.apart = new ApartSql(policy, columns, month);
    this.rows = new AtomRows(columns, apart);
    this.ordinal = publishedImports;
    this.revision =
        publishedImports > 0
            ? Optional.of(new RevisionSql(publishedImports, weights, rows))
            : Optional.empty();
  }

  /**
   * Makes the blocks: the table {@code block}, one row each.
   *
   * @param afterReading runs when the atoms are in memory and their tables are not needed any more
   * @return number of atoms of the file
   * @throws TooFewContributorsException if the month, or a layer of its amounts, has too few
   *     contributors for one block
   */
  long run(Catalog catalog, Runnable afterReading) {
    List<String> tables =
        revision.isPresent() ? List.of("line_sum", "new_line_sum") : List.of("line_sum");
    new CodeTables(session, catalog, policy, weights, columns, tables).create();
    revision.ifPresent(rules -> session.run(rules.wholeFile()));
    SafeBlockSql sql = new SafeBlockSql(columns, rows, key(), revision);
    sql.start().forEach(session::run);
    requireEnough(sql.wholeFile());
    AtomExchange exchange = new AtomExchange(session, sql, columns);
    StageAtoms atoms = exchange.read();
    long atomsOfFile = revision.isPresent() ? countAtoms("new_line_sum") : atoms.size();
    afterReading.run();
    for (Stage stage : Stage.values()) {
      StageAtoms pieces = new StageAtoms(exchange.services());
      new StageProtection(session, exchange, sql, policy, weights, columns, ordinal)
          .run(stage, atoms, pieces);
      atoms = pieces;
    }
    createBlocks();
    UnusedMemory.giveBack(session.number("SELECT count(*) FROM block"));
    return atomsOfFile;
  }

  private long countAtoms(String table) {
    return session.number(
        "SELECT count(*) FROM (SELECT DISTINCT %s FROM %s)"
            .formatted(each(CodeColumn::name), table));
  }

  /** The key of numbers where they fit; otherwise, as in every revision, the key of ranks. */
  private AtomKey key() {
    Map<CodeColumn, Long> largest =
        columns.stream().allMatch(CodeColumn::numeric) ? ofCodes("max(%s)") : Map.of();
    return AtomKey.ofNumbers(columns, apart, largest::get).orElseGet(this::ranks);
  }

  private AtomKey ranks() {
    Map<CodeColumn, Long> counts = ofCodes("count(DISTINCT %s)");
    try {
      return AtomKey.ofRanks(columns, apart, counts::get);
    } catch (IllegalArgumentException e) {
      throw new ImportRefusedException(
          "its columns of codes hold more different values than any month has: are amounts or"
              + " names in their place?");
    }
  }

  /** An aggregate of the codes of each column of the atoms. */
  private Map<CodeColumn, Long> ofCodes(String aggregate) {
    Map<CodeColumn, Long> found = new HashMap<>();
    session.forEach(
        "SELECT %s FROM line_sum"
            .formatted(each(column -> aggregate.formatted(column.name()) + " AS " + column.name())),
        row -> {
          for (CodeColumn column : columns) {
            found.put(column, row.getLong(column.name()));
          }
        });
    return found;
  }

  /**
   * Requires that the month, and each of its amounts, has no contributor or enough of them, because
   * its totals are published.
   *
   * @param file the table of the atoms of the whole file
   */
  private void requireEnough(String file) {
    session.forEach(
        """
        -- name: contributors of the whole month by measure
        WITH sums AS (
          SELECT origin, pattern, any_value(per_act) AS per_act, any_value(per_count) AS per_count,
            %s FROM %s GROUP BY origin, pattern)
        SELECT measure FROM (%s) WHERE units < %d ORDER BY measure <> 'quantity', measure
        """
            .formatted(
                AtomRows.COUNTS.stream()
                    .map("sum(%1$s)::BIGINT AS %1$s"::formatted)
                    .collect(joining(", ")),
                file,
                weights.units(
                    "measure",
                    """
                    (SELECT * FROM sums CROSS JOIN (VALUES %s) m(measure, bits)
                     WHERE bits IS NULL OR pattern & bits <> 0)
                    """
                        .formatted(
                            Arrays.stream(SourceMeasure.values())
                                .map(m -> "('%s', %s)".formatted(m.id(), bits(m)))
                                .collect(joining(", ")))),
                weights.threshold()),
        row -> {
          String measure = row.getString("measure");
          throw measure.equals(SourceMeasure.QUANTITY.id())
              ? new TooFewContributorsException(policy.threshold())
              : new TooFewContributorsException(policy.threshold(), measure);
        });
  }

  /** The layers of an amount; all rows have a quantity or could have. */
  private static String bits(SourceMeasure measure) {
    return measure.isAmount() ? String.valueOf(Layer.bits(measure)) : "NULL";
  }

  private void createBlocks() {
    String content = "(SELECT * FROM content WHERE ordinal = %d)".formatted(ordinal);
    session.run(
        """
        -- name: blocks
        CREATE TABLE block AS
        SELECT %s, %s, units
        FROM (SELECT block, %s, %s FROM %s GROUP BY block) JOIN (
          SELECT block, arg_min(units, layer) AS units FROM (%s) GROUP BY block) USING (block)
        """
            .formatted(
                each(CodeColumn::name),
                measures(SourceMeasure::id),
                each(column -> "any_value(%s) AS %s".formatted(column.name(), column.name())),
                measures(
                    measure -> "sum(%s)::BIGINT AS %s".formatted(value(measure), measure.id())),
                content,
                // The first layer of a block has all its lines: -1, or the only one.
                weights.units("block, layer", content)));
  }

  private static String value(SourceMeasure measure) {
    return measure.isAmount() ? Layer.amount(measure) : measure.id();
  }

  private String each(Function<CodeColumn, String> expression) {
    return columns.stream().map(expression).collect(joining(", "));
  }

  private static String measures(Function<SourceMeasure, String> expression) {
    return Arrays.stream(SourceMeasure.values()).map(expression).collect(joining(", "));
  }
}
