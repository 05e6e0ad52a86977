package fr.opendamir.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path folder;

  private record Given(Optional<String> token, Optional<Path> tokenFile) implements AdminConfig {}

  @Test
  void theTokenIsFoundInAnAuthorizationHeader() {
    AdminToken token = token(Optional.of("0123456789abcdef"), Optional.empty()).orElseThrow();
    assertThat(token.isIn("Bearer 0123456789abcdef")).isTrue();
    assertThat(token.isIn("bearer 0123456789abcdef")).isTrue();
    assertThat(token.isIn("Bearer 0123456789abcdeF")).isFalse();
    assertThat(token.isIn("Basic 0123456789abcdef")).isFalse();
    assertThat(token.isIn("0123456789abcdef")).isFalse();
    assertThat(token.isIn(null)).isFalse();
    assertThat(token.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void theTokenMayComeFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    assertThat(
            token(Optional.empty(), Optional.of(file))
                .orElseThrow()
                .isIn("Bearer 0123456789abcdef"))
        .isTrue();
    assertThat(token(Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aTokenThatIsShortOrGivenTwiceOrNotThereIsRefused() {
    assertThatThrownBy(() -> token(Optional.of("short"), Optional.empty()))
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("short");
    assertThatThrownBy(() -> token(Optional.of("0123456789abcdef"), Optional.of(folder)))
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> token(Optional.empty(), Optional.of(folder.resolve("none"))))
        .hasMessageContaining("cannot be read");
  }

  private static Optional<AdminToken> token(Optional<String> token, Optional<Path> file) {
    return AdminToken.configured(new Given(token, file));
  }
}
