package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.SourceLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatTest {

  private static final Pattern CODE = Pattern.compile("0|[1-9][0-9]{0,3}");
  private static final Pattern COUNT = Pattern.compile("0|-?[1-9][0-9]{0,5}");
  private static final Pattern DECIMAL =
      Pattern.compile("0|-?(?:[1-9][0-9]{0,8}|(?:[1-9][0-9]{0,8})?\\.[0-9]?[1-9])");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "2013-03,ZONES_55,55",
    "2019-03,COLUMNS_55,55",
    "2024-01,COLUMNS_54,54",
    "2025-01,COLUMNS_56,56"
  })
  void writesTheHeaderAndEveryFieldAsTheProducerDoes(
      YearMonth month, SourceLayout layout, int columns) throws IOException {
    GeneratedFile file = GeneratedFile.of(directory, month, 10_000);
    List<String> lines = Files.readAllLines(file.path(), StandardCharsets.US_ASCII);
    assertThat(lines).hasSize(10_001);
    assertThat(layout.columns()).hasSize(columns);
    assertThat(lines.get(0))
        .as("the name of the empty column at the end is the mark of generated files")
        .isEqualTo(
            layout.columns().stream()
                .map(layout::nameOf)
                .collect(Collectors.joining(";", "", ";SYNTHETIC")));
    file.forEach(
        fields -> {
          assertThat(fields.values()).hasSize(columns + 1);
          assertThat(fields.values().get(columns)).isEmpty();
          for (int i = 0; i < columns; i++) {
            SourceColumn column = layout.columns().get(i);
            String text = fields.values().get(i);
            if (!matches(column, text)) {
              assertThat(text).as(column.name()).isNull();
            }
          }
        });
  }

  private static boolean matches(SourceColumn column, String text) {
    return switch (column) {
      case FLX_ANN_MOI -> text.matches("20[0-9]{4}");
      case SOI_ANN -> text.matches("0000|0001|20[0-9]{2}|199[0-9]");
      case SOI_MOI -> text.matches("0[0-9]|1[0-2]");
      case ETB_DCS_MCO -> text.matches("[CDMNOPSXZ]");
      case PRS_ACT_NBR, FLT_ACT_NBR -> text.isEmpty() || COUNT.matcher(text).matches();
      case PRS_ACT_QTE, FLT_ACT_QTE -> COUNT.matcher(text).matches();
      case PRS_REM_TAU -> DECIMAL.matcher(text).matches();
      default -> (column.isMeasure() ? DECIMAL : CODE).matcher(text).matches();
    };
  }

  @Test
  void usesOnlyAsciiAndLineFeeds() throws IOException {
    GeneratedFile file = GeneratedFile.of(directory, YearMonth.of(2025, 1), 5_000);
    byte[] bytes = Files.readAllBytes(file.path());
    int odd = 0;
    for (byte letter : bytes) {
      odd += letter == '\n' || (letter > ' ' && letter < 127) ? 0 : 1;
    }
    assertThat(odd).isZero();
    assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
    assertThat(bytes[bytes.length - 2]).isEqualTo((byte) ';');
  }
}
