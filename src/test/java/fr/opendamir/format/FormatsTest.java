package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FormatsTest {
  /** Bodies that are not in memory are compressed by the server, which has a list of its own. */
  @Test
  void theServerCompressesTheFormatsThatAreNotCompressed() throws IOException {
    Properties settings = new Properties();
    try (InputStream in = FormatsTest.class.getResourceAsStream("/application.properties")) {
      settings.load(in);
    }
    List<String> compressed =
        Arrays.asList(settings.getProperty("quarkus.http.compress-media-types").split(","));

    for (AnswerFormat format : Formats.ALL) {
      assertThat(compressed.contains(format.mediaType().split(";", 2)[0]))
          .as(format.id())
          .isEqualTo(format.isCompressible());
    }
  }

  @Test
  void noTwoFormatsHaveANameATypeOrAFileExtensionInCommon() {
    assertThat(Formats.ids()).doesNotHaveDuplicates();
    assertThat(Formats.ALL.stream().map(AnswerFormat::mediaType)).doesNotHaveDuplicates();
    assertThat(Formats.ALL.stream().map(AnswerFormat::fileExtension)).doesNotHaveDuplicates();
  }

  @Test
  void formatsThatAreNotStreamableSaySo() {
    AnswerTable table = Tables.of("en", List.of(), List.of());

    for (AnswerFormat format : Formats.ALL) {
      if (format.isStreamable()) {
        assertThat(format.encoder(table)).isNotNull();
      } else {
        assertThatThrownBy(() -> format.encoder(table)).hasMessageContaining(format.id());
      }
    }
  }

  @Test
  void aCellWithoutACodeIsEmpty() {
    AnswerTable table =
        new AnswerTable(
            List.of(
                new Column("code", ColumnType.CODE, 0), new Column("coarser", ColumnType.CODE, 1)),
            List.of(),
            List.of(),
            Optional.empty());
    List<Row> rows = List.of(new Row(Arrays.asList("a", null), List.of(), false));

    assertThat(text(Formats.CSV.write(table, rows))).isEqualTo("code,coarser\r\na,\r\n");
    assertThat(text(new NdjsonFormat().write(table, rows)))
        .isEqualTo("{\"code\":\"a\",\"coarser\":null}\n");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
