package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Axis;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Figure;
import fr.opendamir.table.Row;
import fr.opendamir.testing.ParquetRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A download that breaks off is no file that programs open: both kinds end with the directory of
 * their content.
 */
class BrokenFilesTest {
  private static final int CUTS = 24;
  private static final AnswerTable TABLE =
      Tables.of(
          "en",
          List.of(Tables.axis("region", Axis.Role.PLACE)),
          List.of(new Figure("charged", "Charged", ColumnType.MONEY, "EUR", 2)));
  private static final List<Row> ROWS =
      IntStream.range(0, 30_000)
          .mapToObj(i -> new Row(List.of("r" + i), List.of(BigDecimal.valueOf(i, 2)), false))
          .toList();

  @TempDir Path folder;

  @Test
  void aPartOfAWorkbookIsNoZipFile() throws IOException {
    Path file = folder.resolve("part.xlsx");
    requireWhole(
        new XlsxFormat().write(TABLE, ROWS),
        part ->
            () -> {
              Files.write(file, part);
              new ZipFile(file.toFile()).close();
            });
  }

  @Test
  void aPartOfAParquetFileIsNone() {
    requireWhole(new ParquetFormat().write(TABLE, ROWS), part -> () -> ParquetRows.metadata(part));
  }

  private interface Opening {
    ThrowingCallable of(byte[] part);
  }

  /** Cuts everywhere, and within the last bytes. */
  private static void requireWhole(byte[] file, Opening opening) {
    assertThatCode(opening.of(file)).doesNotThrowAnyException();
    for (int i = 0; i < CUTS; i++) {
      for (int length : List.of((int) ((long) file.length * i / CUTS), file.length - 1 - i)) {
        assertThatThrownBy(opening.of(Arrays.copyOf(file, length)), "%d bytes", length)
            .isInstanceOfAny(IOException.class, IllegalStateException.class);
      }
    }
  }
}
