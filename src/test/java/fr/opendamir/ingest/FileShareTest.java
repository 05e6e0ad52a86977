package fr.opendamir.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.ingest.port.ImportRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileShareTest {
  private static final List<Path> FILES =
      IntStream.rangeClosed(1, 11).mapToObj(m -> Path.of("A2024%02d.csv.gz".formatted(m))).toList();

  @Test
  void sharesTogetherAreAllFilesAndNoneTwice() {
    List<Path> all = new ArrayList<>();
    for (int index = 0; index < 4; index++) {
      all.addAll(FileShare.parse(index + "/4").of(FILES));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(FILES);
    assertThat(FileShare.parse("1/4").of(FILES))
        .containsExactly(FILES.get(1), FILES.get(5), FILES.get(9));
    assertThat(FileShare.parse("11/12").of(FILES)).isEmpty();
  }

  @Test
  void twoFilesOfOneMonthAreRefusedInEveryShare() {
    List<Path> files =
        List.of(Path.of("A202401.csv"), Path.of("b"), Path.of("A202401-corrected.csv"));
    for (String share : List.of("0/2", "1/2")) {
      assertThatThrownBy(() -> FileShare.parse(share).of(files))
          .isInstanceOf(ImportRefusedException.class)
          .hasMessageContaining("A202401.csv and A202401-corrected.csv");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "3/3", "-1/3", "0/0", "1/x", "0/3/4", "1234567/9999999"})
  void whatIsNoShareIsRefused(String text) {
    assertThatThrownBy(() -> FileShare.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a share");
  }
}
