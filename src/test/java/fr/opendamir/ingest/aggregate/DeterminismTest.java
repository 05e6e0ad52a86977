package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same lines, same blocks: whatever their order, the threads, the memory or the compression. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterminismTest {
  private static final int MEBIBYTES = 256;

  @TempDir static Path folder;
  private Path file;
  private List<String> lines;
  private ProtectedMonth expected;

  @BeforeAll
  void protectOnce(@TempDir Path classFolder) throws IOException {
    folder = classFolder;
    file = folder.resolve("A202501.csv");
    SyntheticMonth month = SyntheticMonth.of(YearMonth.of(2025, 1), 20_000, 7);
    var unused = new SyntheticFileWriter(2).write(month, file);
    lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    expected = ProtectedMonth.of(file, ProtectedMonth.POLICY, MEBIBYTES, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderOfTheLinesDoesNotMatter(long seed) throws IOException {
    List<String> shuffled = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(shuffled, new Random(seed));
    shuffled.add(0, lines.get(0));
    Path other = Files.write(subfolder().resolve("A202501.csv"), shuffled);

    assertSameBlocks(ProtectedMonth.of(other));
  }

  @Test
  void numberOfThreadsDoesNotMatter() throws IOException {
    assertSameBlocks(ProtectedMonth.of(file, ProtectedMonth.POLICY, MEBIBYTES, 4));
  }

  @Test
  void compressionDoesNotMatter() throws IOException {
    Path other =
        Files.write(subfolder().resolve("A202501.csv.gz"), RawText.gzip(Files.readAllBytes(file)));

    assertSameBlocks(ProtectedMonth.of(other));
  }

  @Test
  void littleMemoryDoesNotMatter() throws IOException {
    assertSameBlocks(ProtectedMonth.of(file, ProtectedMonth.POLICY, 64, 2));
  }

  /** One more code, a word, makes the import hold that whole dimension in another way. */
  @Test
  void codesHeldAsTextGiveTheSameBlocks() throws IOException {
    RawText numbers = new RawText();
    RawText words = new RawText();
    for (RawText text : List.of(numbers, words)) {
      text.acts(11, "1110").acts(11, "1351").acts(11, "1110", "CPL_COD", "1").acts(2, "1952");
    }
    numbers.acts(50, "1110", "CPL_COD", "77");
    words.acts(50, "1110", "CPL_COD", "X");

    List<BlockFigures> held = ProtectedMonth.of(numbers.writeTo(subfolder())).blocks();

    assertThat(ProtectedMonth.of(words.writeTo(subfolder())).blocks())
        .filteredOn(block -> !block.codes().contains("X"))
        .containsExactlyInAnyOrderElementsOf(
            held.stream().filter(block -> !block.codes().contains("77")).toList());
  }

  private void assertSameBlocks(ProtectedMonth month) {
    assertThat(counted(month)).isEqualTo(counted(expected));
    assertThat(month.summary()).isEqualTo(expected.summary());
    assertThat(month.totals()).isEqualTo(expected.totals());
  }

  private static Map<BlockFigures, Long> counted(ProtectedMonth month) {
    return month.blocks().stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private Path subfolder() throws IOException {
    return Files.createTempDirectory(folder, "same");
  }
}
