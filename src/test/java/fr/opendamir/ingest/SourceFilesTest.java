package fr.opendamir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path folder;

  @Test
  void monthlyFilesOfAFolderAreTakenByName() throws IOException {
    for (String name :
        List.of(
            "A202502.csv.gz",
            "A202501.CSV",
            "A202503.csv.zip",
            "A202504.zip",
            "lexicon.zip",
            "notes.txt")) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(SourceFiles.list(List.of(folder)))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("A202501.CSV", "A202502.csv.gz", "A202503.csv.zip", "A202504.zip");
  }

  /** So that the report says what is wrong with it, as of any other file. */
  @Test
  void aFolderWithoutMonthlyFilesStandsForItself() throws IOException {
    Files.createFile(folder.resolve("lexicon.zip"));

    assertThat(SourceFiles.list(List.of(folder))).containsExactly(folder);
  }
}
