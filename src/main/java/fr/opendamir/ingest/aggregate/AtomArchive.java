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
 * The atoms of a month as a Parquet file, codes as text: what a republished month is compared with.
 * It holds what the database must not, figures of fewer than eleven contributors.
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
   * Makes the change of each atom an atom, and keeps the whole file as {@code new_atom} and what is
   * published as {@code published}.
   *
   * <p>Contributors are counted on the change: the acts that came or went. Where there are none,
   * lines that never had a quantity count by how many came or went; others count as one an atom,
   * for acts that cancel are nobody and atoms do not tell how many of their lines changed.
   *
   * @param publishedBlocks CSV in the order of {@link LoadColumns#blocks}, then the ordinal of the
   *     import
   * @return how codes are held from now on
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

  /** How many imports the published blocks are of. */
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
