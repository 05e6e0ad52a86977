package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.AtomRows;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The atoms of a month and the contents of its blocks as Parquet files with codes as text, to which
 * a republished month is compared, and from which a month is protected under another policy. They
 * hold what the serving database must not: figures of fewer than eleven contributors.
 */
final class AtomArchive {
  private static final String COUNTS = "counted, lines, bare, top_charged, top_reimbursed";

  private final DuckDbSession session;
  private final List<CodeColumn> columns;

  AtomArchive(DuckDbSession session, List<CodeColumn> columns) {
    this.session = session;
    this.columns = columns;
  }

  /**
   * Writes the atoms.
   *
   * @param table {@code line_sum}, or the same of the new file of a revision
   */
  void writeAtoms(String table, Path target) {
    copy(
        "SELECT %s, traits, %s, %s FROM %s".formatted(decoded(), measures(), COUNTS, table),
        target);
  }

  /** Writes the rows of all published blocks, with the services and layers in them. */
  void writeBlocks(Path target) {
    copy(
        "SELECT block, ordinal, layer, %s, apart, %s AS origin, per_act, per_count, pattern, %s FROM content"
            .formatted(
                decoded(),
                CodeColumn.of(Dimension.SERVICE, columns).decode("origin"),
                AtomRows.sums().collect(joining(", "))),
        target);
  }

  /**
   * Reads archived atoms into {@code line_sum}, in the encoding that the scan of their file had, so
   * that equal atoms give equal blocks.
   *
   * @return that encoding
   */
  List<CodeColumn> readAtoms(Path atoms) {
    String rows = "read_parquet(%s)".formatted(DuckDbSession.literal(atoms));
    List<CodeColumn> encoding =
        columns.stream()
            .map(c -> new CodeColumn(c.dimension(), isNumeric(c, rows), c.words()))
            .toList();
    session.run(
        """
        -- name: the archived atoms
        CREATE TABLE line_sum AS SELECT %s, traits, %s, %s FROM %s
        """
            .formatted(
                encoding.stream().map(c -> encoded(c) + " AS " + c.name()).collect(joining(", ")),
                measures(),
                COUNTS,
                rows));
    return encoding;
  }

  /** Whether the strict reader took the codes of the file for plain numbers. */
  private boolean isNumeric(CodeColumn column, String rows) {
    List<String> words = new ArrayList<>();
    session.forEach(
        "SELECT DISTINCT %s AS code FROM %s".formatted(column.name(), rows),
        row -> {
          String code = row.getString("code");
          if (!code.matches("0|[1-9][0-9]{0,3}") && !code.equals(ReservedCodes.NOT_FILLED)) {
            words.add(code);
          }
        });
    return column.dimension() == Dimension.CARE_LAG || words.isEmpty();
  }

  /** The inverse of {@link CodeColumn#decode} for codes of atoms. */
  private static String encoded(CodeColumn column) {
    return column.numeric()
        ? Stream.concat(Stream.of(ReservedCodes.NOT_FILLED), column.words().stream())
            .map(word -> "WHEN '%s' THEN %s".formatted(word, column.literal(word)))
            .collect(
                joining(
                    " ", "CASE " + column.name() + " ", " ELSE " + column.name() + "::INTEGER END"))
        : column.name();
  }

  /**
   * Replaces the atoms by the change of each atom; creates {@code new_line_sum} with the whole file
   * and {@code content} with the published blocks.
   *
   * <p>Contributors are counted on the change, that is on the acts added or removed. If an atom has
   * no such acts, its lines without quantity that came or went count, at least one for each set of
   * layers, because atoms do not record how many of their lines changed.
   *
   * @return the encoding of codes after the change
   */
  List<CodeColumn> subtract(ArchivedFiles earlier) {
    List<CodeColumn> asText =
        columns.stream().map(c -> new CodeColumn(c.dimension(), false, c.words())).toList();
    String names = asText.stream().map(CodeColumn::name).collect(joining(", "));
    session.run(
        """
        -- name: the new file, codes as text
        CREATE TABLE new_line_sum AS SELECT %s, traits, %s, %s FROM line_sum
        """
            .formatted(decoded(), measures(), COUNTS));
    session.run(
        """
        -- name: what changed since the earlier file
        CREATE TABLE change AS
        SELECT %s, pattern, %s, sum(counted)::BIGINT AS counted, 1 AS lines,
          CASE WHEN sum(sum(quantity)) OVER (PARTITION BY %s) = 0
            THEN greatest(abs(sum(bare)), 1) ELSE 0 END::BIGINT AS bare,
          %s, %s
        FROM (
          SELECT %s, pattern, %s, counted, bare, top_charged, top_reimbursed, true AS is_new
          FROM %s
          UNION ALL
          SELECT %s, pattern, %s, -counted, -bare, top_charged, top_reimbursed, false
          FROM %s)
        GROUP BY %s, pattern HAVING %s
        """
            .formatted(
                names,
                each("sum(%s)::BIGINT AS %s"),
                names,
                changed("top_charged"),
                changed("top_reimbursed"),
                names,
                each("%s AS %s"),
                AtomRows.layered("new_line_sum"),
                names,
                each("-%s AS %s"),
                AtomRows.layered(
                    "read_parquet(%s)".formatted(DuckDbSession.literal(earlier.atoms()))),
                names,
                AtomRows.sums()
                    .filter(name -> !AtomRows.COUNTS.contains(name))
                    .map(name -> "sum(" + name + ") <> 0")
                    .collect(joining(" OR "))));
    session.run(
        "CREATE TABLE content AS SELECT * FROM read_parquet(%s)"
            .formatted(DuckDbSession.literal(earlier.blocks())));
    session.run("DROP TABLE line_sum");
    session.run("ALTER TABLE change RENAME TO line_sum");
    return asText;
  }

  /** The largest line of a change; none where both files have the same largest line. */
  private static String changed(String top) {
    return """
    CASE WHEN max(%s) FILTER (is_new) = max(%s) FILTER (NOT is_new) THEN 0 ELSE max(%s) END AS %s
    """
        .replace("%s", top)
        .strip();
  }

  /** Number of imports that the published blocks belong to. */
  int publishedImports() {
    return Math.toIntExact(
        session.number("SELECT coalesce(max(ordinal) + 1, 1)::INTEGER AS imports FROM content"));
  }

  private void copy(String query, Path target) {
    session.run(
        "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
            .formatted(query, DuckDbSession.literal(target)));
  }

  private String decoded() {
    return columns.stream()
        .map(column -> column.decode(column.name()) + " AS " + column.name())
        .collect(joining(", "));
  }

  private static String measures() {
    return Arrays.stream(SourceMeasure.values()).map(SourceMeasure::id).collect(joining(", "));
  }

  /** Renders what is subtracted: the quantity, the layers, and two whole amounts. */
  private static String each(String expression) {
    return Stream.of(Stream.of("quantity", "charged", "reimbursed"), Layer.columns().stream())
        .flatMap(names -> names)
        .map(name -> expression.formatted(name, name))
        .collect(joining(", "));
  }
}
