package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bill of materials that is written beside the folder of the packaged jar. */
class BillOfMaterialsIT {
  @Test
  void itNamesWhatIsPackagedWithVersionsAndNoSnapshotOfOthers() throws IOException {
    Path jar = Path.of(System.getProperty("quarkus.app.jar"));
    Path file = jar.getParent().resolveSibling("quarkus-run-cyclonedx.json");
    assertThat(file).isNotEmptyFile();
    JsonNode bill = new ObjectMapper().readTree(Files.readAllBytes(file));

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    List<String> libraries = new ArrayList<>();
    for (JsonNode component : bill.path("components")) {
      libraries.add(component.path("purl").asText());
    }
    for (String library :
        List.of(
            "io.quarkus/quarkus-rest@",
            "io.vertx/vertx-core@",
            "io.netty/netty-codec-http2@",
            "com.graphql-java/graphql-java@",
            "org.postgresql/postgresql@",
            "org.duckdb/duckdb_jdbc@",
            "com.fasterxml.jackson.core/jackson-databind@")) {
      assertThat(libraries).as(library).anyMatch(purl -> purl.startsWith("pkg:maven/" + library));
    }
    assertThat(libraries)
        .filteredOn(purl -> purl.startsWith("pkg:maven/"))
        .filteredOn(purl -> !purl.startsWith("pkg:maven/fr.opendamir/"))
        .noneMatch(purl -> purl.contains("SNAPSHOT"));
    try (var packaged = Files.list(jar.resolveSibling("lib").resolve("main"))) {
      long jars = packaged.filter(path -> path.toString().endsWith(".jar")).count();
      assertThat((long) libraries.size()).isGreaterThanOrEqualTo(jars);
    }
  }
}
