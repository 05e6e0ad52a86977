package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** If one of the two threads that read a file fails, both end, and the caller gets the error. */
@Timeout(60)
class ReadingThreadsTest {
  /** More blocks of text than are read ahead. */
  private static final String MANY = SourceText.file() + SourceText.LINES.repeat(10_000);

  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() {
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();

    assertThat(threads).doesNotContain("inflate");
  }

  @Test
  void aFailureOfTheConsumerEndsTheReading() throws IOException {
    RuntimeException failure = new IllegalStateException("no place");

    assertThatThrownBy(
            () ->
                reader(
                        plainFile(),
                        line -> {
                          throw failure;
                        })
                    .read())
        .isSameAs(failure);
  }

  @Test
  void anInterruptionEndsTheReadingAndIsKept() throws IOException {
    StrictReader reader = reader(plainFile(), line -> Thread.currentThread().interrupt());

    assertThatThrownBy(reader::read)
        .isInstanceOf(InvalidSourceFileException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** No test can tell what may fail on that thread: here it is no error of reading. */
  @Test
  void anyFailureOfTheThreadThatReadsIsToldToTheCaller() throws IOException {
    Path archive = folder.resolve("months.zip");
    MonthlyFile file;
    try (FileSystem months = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      file =
          MonthlyFile.inspect(Files.writeString(months.getPath("A202501.csv"), SourceText.file()));
    }

    assertThatThrownBy(() -> reader(file, line -> {}).read())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the file cannot be read")
        .hasRootCauseInstanceOf(ClosedFileSystemException.class);
  }

  private MonthlyFile plainFile() throws IOException {
    return MonthlyFile.inspect(Files.writeString(folder.resolve("A202501.csv"), MANY));
  }

  private static StrictReader reader(MonthlyFile file, LineConsumer consumer) {
    return new StrictReader(file, consumer, (lines, bytes) -> {});
  }
}
