package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.CodeColumn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
        "COPY (SELECT %s, %s, lines FROM atom) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
            .formatted(decoded(), measures(), quoted(target)));
  }

  /**
   * Makes the change of each atom an atom. Its contributors are counted on the change: the acts
   * that came or went, and where only amounts changed the lines that came or went, or one, for
   * atoms do not tell how many of their lines changed.
   *
   * @return how codes are held from now on
   */
  List<CodeColumn> subtract(Path earlier) {
    List<CodeColumn> asText =
        columns.stream().map(c -> new CodeColumn(c.dimension(), false, c.words())).toList();
    String names = asText.stream().map(CodeColumn::name).collect(joining(", "));
    session.run(
        """
        -- name: what changed since the earlier file
        CREATE TABLE change AS
        SELECT %s, %s, greatest(abs(sum(lines)), 1)::BIGINT AS lines,
          (sum(quantity) <> 0)::BIGINT AS quantity_lines
        FROM (
          SELECT %s, %s, lines FROM atom
          UNION ALL
          SELECT %s, %s, -lines FROM read_parquet('%s'))
        GROUP BY %s HAVING %s
        """
            .formatted(
                names,
                each("sum(%s)::BIGINT AS %s"),
                decoded(),
                measures(),
                names,
                each("-%s AS %s"),
                quoted(earlier),
                names,
                Arrays.stream(SourceMeasure.values())
                    .map(measure -> "sum(" + measure.id() + ") <> 0")
                    .collect(joining(" OR "))));
    session.run("DROP TABLE atom");
    session.run("ALTER TABLE change RENAME TO atom");
    return asText;
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
