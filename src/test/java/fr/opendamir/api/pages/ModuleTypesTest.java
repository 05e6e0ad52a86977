package fr.opendamir.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.testing.NodeClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The modules of the pages agree with the types in their comments. */
class ModuleTypesTest {
  private static final Path MODULES = Path.of("src/main/resources/fr/opendamir/api/pages/web");

  @Test
  void modulesAgreeWithTheirTypes() throws IOException, InterruptedException {
    assertThat(
            NodeClients.install()
                .run(Duration.ofMinutes(2), "modules.mjs", MODULES.toAbsolutePath().toString()))
        .isEmpty();
  }
}
