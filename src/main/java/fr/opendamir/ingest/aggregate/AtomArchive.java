package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.ingest.port.LoadColumns;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The atoms of a month as a Parquet file with codes as text, to which a republished month is
 * compared. It holds what the serving database must not: figures of fewer than eleven contributors.
 */
final class AtomArchive {
  private final DuckDbSession session;
  private final List<CodeColumn> columns;

  AtomArchive(DuckDbSession session, List<CodeColumn> columns) {
    this.session = session;
    this.columns = columns;
  }

  void write(Path target) {
    session.run(
        "COPY (SELECT %s, %s, lines, quantity_lines FROM atom) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
            .formatted(decoded(), measures(), quoted(target)));
  }

  /**
   * Replaces the atoms by the change of each atom; creates {@code new_atom} with the whole file and
   * {@code published} with the published blocks.
   *
   * <p>Contributors are counted on the change, that is on the acts added or removed. If there are
   * none, atoms without any quantity count the lines added or removed; all other atoms count as one
   * contributor, because acts that cancel represent nobody and atoms do not record how many of
   * their lines changed.
   *
   * @param publishedBlocks CSV in the order of {@link LoadColumns#blocks}, then the ordinal of the
   *     import
   * @return the encoding of codes after the change
   */
  List<CodeColumn> subtract(Path earlier, Path publishedBlocks) {
    List<CodeColumn> asText =
        columns.stream().map(c -> new CodeColumn(c.dimension(), false, c.words())).toList();
    String names = asText.stream().map(CodeColumn::name).collect(joining(", "));
    session.run(
        """
        -- name: the new file, codes as text
        CREATE TABLE new_atom AS SELECT %s, %s, lines, quantity_lines FROM atom
        """
            .formatted(decoded(), measures()));
    session.run(
        """
        -- name: what changed since the earlier file
        CREATE TABLE change AS
        SELECT %s, %s,
          CASE WHEN sum(acts_lines) = 0 THEN greatest(abs(sum(line_change)), 1) ELSE 1 END::BIGINT AS lines,
          (sum(quantity) <> 0)::BIGINT AS quantity_lines
        FROM (
          SELECT %s, %s, lines AS line_change, quantity_lines AS acts_lines FROM new_atom
          UNION ALL
          SELECT %s, %s, -lines, quantity_lines FROM read_parquet('%s'))
        GROUP BY %s HAVING %s
        """
            .formatted(
                names,
                each("sum(%s)::BIGINT AS %s"),
                names,
                measures(),
                names,
                each("-%s AS %s"),
                quoted(earlier),
                names,
                Arrays.stream(SourceMeasure.values())
                    .map(measure -> "sum(" + measure.id() + ") <> 0")
                    .collect(joining(" OR "))));
    session.run(
        """
        -- name: what is published of the month
        CREATE TABLE published AS SELECT * FROM read_csv('%s', header = false, auto_detect = false,
          columns = {%s})
        """
            .formatted(
                quoted(publishedBlocks),
                Stream.concat(LoadColumns.blocks().stream(), Stream.of("ordinal"))
                    .map(name -> "'%s': '%s'".formatted(name, isCode(name) ? "VARCHAR" : "BIGINT"))
                    .collect(joining(", "))));
    session.run("DROP TABLE atom");
    session.run("ALTER TABLE change RENAME TO atom");
    return asText;
  }

  /** Number of imports that the published blocks belong to. */
  int publishedImports() {
    int[] imports = new int[1];
    session.forEach(
        "SELECT coalesce(max(ordinal) + 1, 1)::INTEGER AS imports FROM published",
        row -> imports[0] = row.getInt("imports"));
    return imports[0];
  }

  private boolean isCode(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  private String decoded() {
    return columns.stream()
        .map(column -> column.decode(column.name()) + " AS " + column.name())
        .collect(joining(", "));
  }

  private static String measures() {
    return each("%s AS %s");
  }

  private static String each(String expression) {
    return Arrays.stream(SourceMeasure.values())
        .map(measure -> expression.formatted(measure.id(), measure.id()))
        .collect(joining(", "));
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }
}
