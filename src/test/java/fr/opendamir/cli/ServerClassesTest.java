package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ServerClassesTest {
  /** The generated class is in the packaged program only. */
  @Test
  void theReasonWhyTheyCannotBeInitialisedIsReported() {
    assertThatThrownBy(() -> ServerClasses.begin().await())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
  }
}
