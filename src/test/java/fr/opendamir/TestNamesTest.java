package fr.opendamir;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build runs tests by their names: one with another name would not be run. */
class TestNamesTest {
  private static final List<String> SERVICE = List.of("ApiTest.java", "ContractTest.java");

  @Test
  void testsOfTheServiceAreNamedSoAndNoOthersAre() {
    assertThat(tests())
        .isNotEmpty()
        .allSatisfy(
            test ->
                assertThat(SERVICE.stream().anyMatch(test.toString()::endsWith))
                    .as(test.toString())
                    .isEqualTo(contains(test, "@" + QuarkusTest.class.getSimpleName() + "\n")));
  }

  @Test
  void testsWithADatabaseAreNamedSo() {
    assertThat(tests())
        .filteredOn(test -> contains(test, TestDatabase.class.getSimpleName() + ".create()"))
        .isNotEmpty()
        .allSatisfy(
            test ->
                assertThat(test.toString()).matches(".*(DbTest|ApiTest|ContractTest|IT)\\.java"));
  }

  private static List<Path> tests() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .filter(file -> contains(file, "@Test\n") || contains(file, "@ParameterizedTest\n"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
