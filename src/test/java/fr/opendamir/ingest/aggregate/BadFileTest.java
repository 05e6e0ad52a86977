package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rare mistakes of a file that must be refused, with a message that says where they are. */
class BadFileTest {
  @TempDir Path folder;

  /** Columns may come in any order, so that a short line may lack any of them. */
  @Test
  void lineCutBeforeItsMonthIsRefused() throws IOException {
    RawText text = new RawText().columns(monthLast()).lines(2).raw("11;40;11;").lines(12);

    assertRefused(text, "line 4:", "FLX_ANN_MOI");
  }

  @Test
  void fileOfLinesWithoutMonthIsRefused() throws IOException {
    RawText text = new RawText().columns(monthLast()).raw("11;40;11;");

    assertRefused(text, "line 2:", "FLX_ANN_MOI");
  }

  /** The column names of the analytical database know no case. */
  @Test
  void columnNamedTwiceInOtherLettersIsRefused() throws IOException {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    columns.add("prs_nat");

    assertRefused(new RawText().columns(columns).lines(12), "PRS_NAT", "twice");
  }

  private static List<String> monthLast() {
    List<String> columns = new ArrayList<>(RawText.COLUMNS);
    columns.remove("FLX_ANN_MOI");
    columns.add("FLX_ANN_MOI");
    return columns;
  }

  private void assertRefused(RawText text, String... parts) throws IOException {
    Path file = text.writeTo(folder);
    assertThatThrownBy(() -> ProtectedMonth.scan(file))
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContainingAll(parts);
  }
}
