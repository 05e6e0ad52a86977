package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.SafeBlockSql;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last step of the algorithm: what is still pending when every dimension is ND is merged with
 * the smallest block that is safe with it. The merged block mixes several codes of every dimension,
 * so all its dimensions are ND.
 *
 * <p>The remainder has fewer than eleven contributors, or so few parts that their sum would reveal
 * them. Reversals in the remainder can make a candidate unsafe; then the next one is tried. If none
 * fits, the smallest block joins the remainder and the search starts again.
 */
final class RemainderMerge {
  private static final String BY_SERVICE =
      """
      SELECT origin, max(units_per_act) AS units_per_act, sum(quantity) AS quantity,
        sum(lines) AS lines, sum(quantity_lines) AS quantity_lines
      FROM remainder GROUP BY origin\
      """;

  private final DuckDbSession session;
  private final SafeBlockSql sql;
  private final List<CodeColumn> columns;
  private final ContributorWeights weights;
  private final int threshold;

  RemainderMerge(
      DuckDbSession session,
      SafeBlockSql sql,
      List<CodeColumn> columns,
      ContributorWeights weights,
      int threshold) {
    this.session = session;
    this.sql = sql;
    this.columns = columns;
    this.weights = weights;
    this.threshold = threshold;
  }

  /** Throws if there is a remainder to merge. */
  void requireNone() {
    if (count("pending") > 0) {
      throw new TooFewContributorsException(threshold);
    }
  }

  void run() {
    if (count("pending") == 0) {
      return;
    }
    session.run(
        """
        -- name: what is left, by service
        CREATE TABLE remainder AS SELECT service AS origin, units_per_act, %s, lines, quantity_lines FROM pending
        """
            .formatted(measures().collect(joining(", "))));
    session.run(
        "CREATE TABLE candidate AS SELECT row_number() OVER (ORDER BY units, %s, part, %s, lines, quantity_lines) AS rank, * FROM block"
            .formatted(names(), measures().collect(joining(", "))));
    session.run(
        """
        -- name: quantities of each block by original service
        CREATE VIEW candidate_part AS
        SELECT rank, c.service AS origin, units_per_act, c.quantity
        FROM candidate c JOIN code_of_service w ON w.service = c.service WHERE part = 0
        UNION ALL
        SELECT rank, p.origin, p.units_per_act, p.quantity
        FROM block_part p JOIN candidate c USING (part)
        """);
    long rank = smallestSafeWithRemainder();
    while (rank == 0 && count("candidate") > 0) {
      absorb(smallest());
      rank = safeAlone() ? -1 : smallestSafeWithRemainder();
    }
    if (rank == 0) {
      throw new TooFewContributorsException(threshold);
    }
    if (rank > 0) {
      absorb(rank);
    }
    rebuildBlocks();
  }

  /** Returns the rank of the smallest block that is safe with the remainder, or 0. */
  private long smallestSafeWithRemainder() {
    long[] found = new long[1];
    session.forEach(
        """
        -- name: smallest block that is safe together with the remainder
        WITH by_service AS (%s),
        counts AS (SELECT sum(lines) AS lines, sum(quantity_lines) AS quantity_lines FROM remainder),
        own AS (
          SELECT rank, sum(abs(p.quantity + coalesce(r.quantity, 0)) * p.units_per_act
            - abs(coalesce(r.quantity, 0)) * p.units_per_act) AS units
          FROM candidate_part p LEFT JOIN by_service r USING (origin) GROUP BY rank),
        rest AS (SELECT sum(abs(quantity) * units_per_act) AS units FROM by_service)
        SELECT coalesce(min(c.rank), 0) AS rank
        FROM candidate c JOIN own USING (rank), rest, counts
        WHERE CASE WHEN c.quantity_lines + counts.quantity_lines = 0
          THEN (c.lines + counts.lines) * %d ELSE own.units + rest.units END >= %d
        """
            .formatted(BY_SERVICE, weights.unitsPerPerson(), weights.threshold()),
        row -> found[0] = row.getLong("rank"));
    return found[0];
  }

  private long smallest() {
    long[] rank = new long[1];
    session.forEach(
        "SELECT min(rank) AS rank FROM candidate", row -> rank[0] = row.getLong("rank"));
    return rank[0];
  }

  private boolean safeAlone() {
    long[] units = new long[1];
    session.forEach(
        "SELECT %s AS units FROM (%s)".formatted(sql.unitsOfServices(), BY_SERVICE),
        row -> units[0] = row.getLong("units"));
    return units[0] >= weights.threshold();
  }

  /** Moves a candidate into the remainder: quantities by service, all other sums on one row. */
  private void absorb(long rank) {
    session.run(
        "INSERT INTO remainder SELECT origin, units_per_act, %s, 0, 0 FROM candidate_part p WHERE rank = %d"
            .formatted(
                measures()
                    .map(name -> name.equals("quantity") ? "p.quantity" : "0")
                    .collect(joining(", ")),
                rank));
    session.run(
        "INSERT INTO remainder SELECT %s, 0, %s, lines, quantity_lines FROM candidate WHERE rank = %d"
            .formatted(
                column(Dimension.SERVICE).literal(ReservedCodes.NOT_DISCLOSED),
                measures().map(name -> name.equals("quantity") ? "0" : name).collect(joining(", ")),
                rank));
    session.run("DELETE FROM candidate WHERE rank = " + rank);
  }

  private void rebuildBlocks() {
    session.run("DROP TABLE block");
    session.run(
        """
        -- name: blocks with the merged one
        CREATE TABLE block AS
        SELECT * EXCLUDE (rank) FROM candidate
        UNION ALL
        SELECT %s, %s, sum(lines)::BIGINT, sum(quantity_lines)::BIGINT,
          (SELECT %s FROM (%s)), 0
        FROM remainder
        """
            .formatted(
                notDisclosed(),
                measures().map(name -> "sum(" + name + ")::BIGINT").collect(joining(", ")),
                sql.unitsOfServices(),
                BY_SERVICE));
  }

  private long count(String table) {
    long[] count = new long[1];
    session.forEach("SELECT count(*) AS n FROM " + table, row -> count[0] = row.getLong("n"));
    return count[0];
  }

  private static Stream<String> measures() {
    return Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id);
  }

  private String names() {
    return columns.stream().map(CodeColumn::name).collect(joining(", "));
  }

  private String notDisclosed() {
    return columns.stream()
        .map(column -> column.literal(ReservedCodes.NOT_DISCLOSED))
        .collect(joining(", "));
  }

  private CodeColumn column(Dimension dimension) {
    return columns.stream().filter(c -> c.dimension() == dimension).findFirst().orElseThrow();
  }
}
