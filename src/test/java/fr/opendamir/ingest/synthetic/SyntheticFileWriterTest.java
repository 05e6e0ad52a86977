package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticFileWriterTest {

  private static final SyntheticMonth MONTH = SyntheticMonth.of(YearMonth.of(2025, 1), 40_000, 5);

  @TempDir Path directory;

  @Test
  void writesTheSameBytesWhateverTheNumberOfThreads() throws IOException {
    Path one = directory.resolve("one.csv");
    Path three = directory.resolve("three.csv");
    SyntheticFile first = new SyntheticFileWriter(1).write(MONTH, one);
    SyntheticFile second = new SyntheticFileWriter(3).write(MONTH, three);
    assertThat(second).isEqualTo(first);
    assertThat(Files.mismatch(one, three)).isEqualTo(-1);
  }

  @Test
  void compressesToOneGzipMemberThatHoldsTheSameText() throws IOException {
    Path plain = directory.resolve("A202501.csv");
    Path gzip = directory.resolve("A202501.csv.gz");
    Path text = directory.resolve("text");
    SyntheticFile plainFile = new SyntheticFileWriter(2).write(MONTH, plain);
    SyntheticFile gzipFile = new SyntheticFileWriter(2).write(MONTH, gzip);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      Files.copy(in, text);
    }
    assertThat(Files.mismatch(plain, text)).isEqualTo(-1);
    assertThat(plainFile.bytes()).isEqualTo(Files.size(plain));
    assertThat(plainFile.uncompressedBytes()).isEqualTo(Files.size(plain));
    assertThat(gzipFile.uncompressedBytes()).isEqualTo(Files.size(plain));
    assertThat(gzipFile.bytes()).isEqualTo(Files.size(gzip)).isLessThan(Files.size(plain) / 3);
  }

  @Test
  void writesAnotherFileForAnotherSeedOrMonth() throws IOException {
    Path file = directory.resolve("a.csv");
    Path otherSeed = directory.resolve("b.csv");
    Path otherMonth = directory.resolve("c.csv");
    SyntheticFileWriter writer = new SyntheticFileWriter();
    writer.write(SyntheticMonth.of(YearMonth.of(2025, 1), 1000, 1), file);
    writer.write(SyntheticMonth.of(YearMonth.of(2025, 1), 1000, 2), otherSeed);
    writer.write(SyntheticMonth.of(YearMonth.of(2025, 2), 1000, 1), otherMonth);
    Set<String> lines = new HashSet<>(Files.readAllLines(file));
    assertThat(Files.readAllLines(otherSeed).stream().filter(lines::contains).count())
        .isLessThan(50);
    lines.clear();
    Files.readAllLines(file).forEach(line -> lines.add(line.substring(7)));
    assertThat(
            Files.readAllLines(otherMonth).stream()
                .filter(line -> lines.contains(line.substring(7)))
                .count())
        .isLessThan(50);
  }

  @Test
  void leavesAFileThatCameMeanwhileAsItIs() throws IOException {
    Path file = directory.resolve("a.csv");
    SyntheticMonth month = SyntheticMonth.of(YearMonth.of(2025, 1), 1000, 1);
    assertThatThrownBy(
            () ->
                new SyntheticFileWriter()
                    .write(month, file, false, lines -> writeText(file, "somebody's")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("somebody's");
    assertThat(directory.resolve(".a.csv.part")).doesNotExist();
  }

  private static void writeText(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesFilesOfAFewLines() throws IOException {
    for (int lines : new int[] {1, 10, 777}) {
      Path file = directory.resolve("few.csv");
      SyntheticFile written =
          new SyntheticFileWriter().write(SyntheticMonth.of(YearMonth.of(2025, 1), lines, 1), file);
      assertThat(written.lines()).isEqualTo(lines);
      assertThat(Files.readAllLines(file)).hasSize(lines + 1);
    }
  }

  @Test
  void neverRepeatsTheDimensionsOfALine() throws IOException {
    GeneratedFile file = GeneratedFile.of(directory, YearMonth.of(2025, 1), 60_000);
    Set<String> keys = new HashSet<>();
    file.forEach(
        fields -> {
          StringBuilder key = new StringBuilder(150);
          fields.positions().keySet().stream()
              .filter(column -> !column.isMeasure())
              .forEach(column -> key.append(fields.text(column)).append(';'));
          keys.add(key.toString());
        });
    assertThat(keys).hasSize(60_000);
  }

  @Test
  void tellsItsProgressUpToTheLastLine() throws IOException {
    List<Long> progress = new ArrayList<>();
    new SyntheticFileWriter().write(MONTH, directory.resolve("a.csv"), true, progress::add);
    assertThat(progress).isSorted().hasSizeGreaterThan(3).endsWith(MONTH.lines());
  }

  @Test
  void leavesNoPartAndTheOldFileAfterAFailure() throws IOException {
    Path file = Files.writeString(directory.resolve("A202501.csv.gz"), "old");
    assertThatThrownBy(
            () ->
                new SyntheticFileWriter()
                    .write(
                        MONTH,
                        file,
                        true,
                        lines -> {
                          assertThat(directory.resolve(".A202501.csv.gz.part")).exists();
                          throw new IllegalStateException("stop");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stop");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(file).hasContent("old");
  }

  @Test
  void refusesADirectoryThatDoesNotExist() {
    assertThatThrownBy(
            () -> new SyntheticFileWriter().write(MONTH, directory.resolve("no/such/a.csv")))
        .isInstanceOf(IOException.class);
  }
}
