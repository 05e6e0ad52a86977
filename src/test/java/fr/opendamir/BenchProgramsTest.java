package fr.opendamir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of the benchmarks are compiled by their scripts only, and some use classes of the
 * service: this notices when such a class has changed.
 */
class BenchProgramsTest {
  @TempDir Path folder;

  @Test
  void theProgramsOfTheBenchmarksCompile() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("bench"))) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              // A Maven project of its own, with other libraries.
              .filter(file -> !file.startsWith("bench/graphql/floor"))
              .sorted()
              .toList();
    }
    assertThat(sources).hasSizeGreaterThan(20);

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      boolean isCompiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  List.of("-proc:none", "-d", folder.toString()),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(isCompiled).as(messages.toString()).isTrue();
    }
  }
}
