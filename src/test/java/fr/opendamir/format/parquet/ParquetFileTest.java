package fr.opendamir.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.CodeNames;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import fr.opendamir.testing.ParquetRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file leaves on the disk, and what it takes of it. */
class ParquetFileTest {
  private static final AnswerTable TABLE = table(code -> "label of " + code);

  @TempDir Path temporary;

  @Test
  void rowsOfAnyBatchesAreTheSameFileAndNothingStaysOnTheDisk() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      rows.add(row("r" + i, i));
    }
    byte[] whole = bytes(rows, rows.size());

    assertThat(ParquetRows.rows(whole).stream().map(row -> row.get("region")))
        .isEqualTo(rows.stream().map(row -> row.codes().get(0)).toList());
    for (int size : new int[] {1, 7, 1_000}) {
      assertThat(bytes(rows, size)).isEqualTo(whole);
    }
    assertThat(left()).isEmpty();
  }

  private byte[] bytes(List<Row> rows, int size) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetFile file = new ParquetFile(TABLE, temporary)) {
      for (int from = 0; from < rows.size(); from += size) {
        file.add(rows.subList(from, Math.min(rows.size(), from + size)));
      }
      for (byte[] part = file.read(); part.length > 0; part = file.read()) {
        bytes.writeBytes(part);
      }
    }
    return bytes.toByteArray();
  }

  /** A streamed answer is encoded batch by batch, each on any thread that is free. */
  @Test
  void rowsMayBeAddedAndReadOnDifferentThreads() throws Exception {
    List<Row> rows = List.of(row("11", 1), row("84", 2));
    ExecutorService one = Executors.newSingleThreadExecutor();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (ParquetFile file = new ParquetFile(TABLE, temporary)) {
      one.submit(() -> file.add(rows)).get();
      other.submit(() -> file.add(rows)).get();
      one.submit(() -> file.add(rows)).get();
      byte[] whole = other.submit(file::read).get();
      assertThat(ParquetRows.rows(whole).stream().map(row -> row.get("region")))
          .containsExactly("11", "84", "11", "84", "11", "84");
    } finally {
      one.shutdownNow();
      other.shutdownNow();
    }
  }

  @Test
  void nothingIsOnTheDiskBeforeTheFirstRows() throws IOException {
    try (ParquetFile file = new ParquetFile(TABLE, temporary)) {
      assertThat(left()).isEmpty();
      assertThat(file.read()).startsWith('P', 'A', 'R', '1'); // a file without rows
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void theFolderIsOfThisUserAlone() throws IOException {
    try (ParquetFile file = new ParquetFile(TABLE, temporary)) {
      file.add(List.of(row("11", 1)));

      assertThat(left()).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(left().get(0))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void anAnswerThatIsBrokenOffLeavesNothing() throws IOException {
    ParquetFile unread = new ParquetFile(TABLE, temporary);
    unread.add(List.of(row("11", 1)));
    ParquetFile halfRead = new ParquetFile(TABLE, temporary);
    halfRead.add(List.of(row("11", 1)));
    halfRead.read();
    assertThat(left()).hasSize(2);

    for (ParquetFile file : List.of(unread, halfRead)) {
      file.close();
      file.close();
    }

    assertThat(left()).isEmpty();
  }

  @Test
  void aRowThatCannotBeWrittenLeavesNothing() throws IOException {
    AnswerTable broken =
        table(
            code -> {
              throw new IllegalArgumentException("no label of " + code);
            });
    ParquetFile file = new ParquetFile(broken, temporary);

    assertThatThrownBy(() -> file.add(List.of(row("11", 1))))
        .isInstanceOf(IllegalArgumentException.class);
    file.close();

    assertThat(left()).isEmpty();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.toList();
    }
  }

  private static AnswerTable table(UnaryOperator<String> labels) {
    return AnswerTable.of(
        List.of(
            new Axis(
                "region",
                "Region",
                Axis.Role.PLACE,
                Optional.of(labels),
                Optional.of(new CodeNames(labels, labels)))),
        List.of(new Figure("charged", "Charged", ColumnType.MONEY, "EUR", 2)),
        true,
        Optional.empty());
  }

  private static Row row(String region, int cents) {
    return new Row(List.of(region), List.of(BigDecimal.valueOf(cents, 2)), false);
  }
}
