package fr.opendamir.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest answers take no more memory than others. */
class ManyRowsTest {
  /** Less than most of the answers, and a small part of what their rows take. */
  private static final String HEAP = "-Xmx32m";

  /** With what the virtual machine and the engine take besides the heap. */
  private static final long MOST_MEBIBYTES = 280;

  static Stream<String> selectors() {
    return ManyRows.formats().map(AnswerFormat::selector);
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void aMillionRowsAreEncodedInLittleMemory(String selector) throws Exception {
    String[] taken = encode(selector).split(" ", -1);

    assertThat(Long.parseLong(taken[0])).as("bytes").isGreaterThan(ManyRows.ROWS);
    assertThat(Long.parseLong(taken[1])).as("MiB").isLessThan(MOST_MEBIBYTES);
  }

  private static String encode(String selector) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            ManyRows.class.getName(),
            selector);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (InputStream output = process.getInputStream()) {
      String taken = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor()).as(selector).isZero();
      return taken;
    }
  }
}
