package fr.opendamir.ingest.aggregate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.Packing;
import fr.opendamir.ingest.source.StrictReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads a file a second time, with the reader of the analytical database, and compares all atoms.
 * The two readings have nothing in common but the header and the names of columns.
 */
final class SecondReading {
  private static final int GREATEST_SERVICE = 9999;
  private static final String TABLE = "second_line_sum";

  private final MonthlyFile file;
  private final DuckDbSession session;
  private final List<CodeColumn> columns;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;

  SecondReading(
      MonthlyFile file,
      DuckDbSession session,
      List<CodeColumn> columns,
      DisclosurePolicy policy,
      ContributorWeights weights) {
    this.file = file;
    this.session = session;
    this.columns = columns;
    this.policy = policy;
    this.weights = weights;
  }

  /**
   * Compares the atoms in {@code line_sum} with the atoms of a second reading.
   *
   * @param reading the first one
   * @throws IllegalStateException if they differ
   */
  void run(StrictReading reading) {
    if (!session.holdsTable("service_weight")) {
      createServiceWeights();
    }
    try {
      boolean isCompressed = file.packings().equals(List.of(Packing.GZIP));
      boolean isPlain = isCompressed || file.packings().isEmpty();
      boolean isCopied = !isPlain || reading.mixedLineEnds();
      Path text = isCopied ? copy() : file.path();
      session.execute(
          new ScanSql(file, columns, reading.wordColumns(), !isCopied && file.windowsLineEnds())
              .render(
                  TABLE,
                  text,
                  isCompressed && !isCopied,
                  policy.weights().undocumentedActsPerPerson()));
      if (isCopied) {
        Files.delete(text);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the file cannot be unpacked to be read twice", e);
    } catch (SQLException e) {
      throw new IllegalStateException(session.describe("the file cannot be read twice", e), e);
    }
    long different =
        session.number(
            """
            -- name: compare two readings
            SELECT count(*) AS different FROM (
              SELECT * EXCLUDE (side) FROM (
                SELECT *, 1 AS side FROM line_sum UNION ALL BY NAME SELECT *, -1 AS side FROM %s)
              GROUP BY ALL HAVING sum(side) <> 0)
            """
                .formatted(TABLE));
    if (different > 0) {
      throw new IllegalStateException(
          "two readings of the file differ in "
              + different
              + " atoms; nothing was published. Report it with the file, or how to get it");
    }
    session.run("DROP TABLE " + TABLE);
  }

  /**
   * Writes what the database can read: not packed, and with LF alone. CR is nowhere but at line
   * ends, or the first reading would have refused the file.
   */
  private Path copy() throws IOException {
    Path copy = session.folder().resolve("unpacked.csv");
    Files.createDirectories(session.folder());
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = file.open();
        OutputStream out = Files.newOutputStream(copy)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int length = 0;
        for (int i = 0; i < read; i++) {
          if (buffer[i] != '\r') {
            buffer[length++] = buffer[i];
          }
        }
        out.write(buffer, 0, length);
      }
    }
    return copy;
  }

  /** The acts per person of all services whose codes are plain numbers, listed or not. */
  private void createServiceWeights() {
    int undocumented = policy.weights().undocumentedActsPerPerson();
    Map<Integer, List<Integer>> services =
        IntStream.rangeClosed(0, GREATEST_SERVICE)
            .boxed()
            .collect(groupingBy(service -> weights.actsPerPerson(String.valueOf(service))));
    services.remove(undocumented);
    session.run(
        """
        CREATE TABLE service_weight AS
        SELECT range AS weighted_service, coalesce(acts_per_person, %d) AS acts_per_person
        FROM range(%d) LEFT JOIN (
          SELECT unnest(services) AS range, acts_per_person
          FROM (VALUES %s([], %d)) w(services, acts_per_person)) USING (range)
        """
            .formatted(
                undocumented,
                GREATEST_SERVICE + 1,
                services.entrySet().stream()
                    .map(entry -> "(%s, %d), ".formatted(entry.getValue(), entry.getKey()))
                    .collect(joining()),
                undocumented));
  }
}
