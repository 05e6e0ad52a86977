package fr.opendamir.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.store.DatabaseSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where secrets come from, and that they are not told to anyone. */
class SecretsTest {
  private static final String SECRET = "correct horse=battery#staple";
  private static final String FILE = "opendamir.database.password-file";

  @TempDir Path folder;

  @Test
  void thePasswordIsTheFirstLineOfItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\r\nnot this\n");
    assertThat(password(Map.of(FILE, file.toString()))).isEqualTo(SECRET);
    Files.writeString(file, SECRET);
    assertThat(password(Map.of(FILE, file.toString()))).isEqualTo(SECRET);
  }

  @Test
  void withoutAFileItIsTheSetting() {
    assertThat(password(Map.of("opendamir.database.password", SECRET))).isEqualTo(SECRET);
    assertThat(password(Map.of())).isEmpty();
  }

  @Test
  void twoPasswordsOrAFileThatIsNotThereAreRefusedWithoutTellingThem() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), SECRET);
    assertThatThrownBy(
            () -> password(Map.of("opendamir.database.password", SECRET, FILE, file.toString())))
        .hasMessageContaining("both set")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> password(Map.of(FILE, folder.resolve("none").toString())))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void theServingSecretIsTheOwnersPasswordUnlessThereIsOne() throws IOException {
    Map<String, String> owner = Map.of("opendamir.database.password", SECRET);
    assertThat(DatabasePassword.servingSecretOf(config(owner))).isEqualTo(SECRET);
    Path file = Files.writeString(folder.resolve("secret"), "of the service alone\n");
    String setting = "opendamir.database.serving-secret";
    assertThat(DatabasePassword.servingSecretOf(config(Map.of(setting + "-file", file.toString()))))
        .isEqualTo("of the service alone");
    assertThatThrownBy(() -> DatabasePassword.servingSecretOf(config(Map.of(setting, "too short"))))
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("too short");
  }

  @Test
  void anAddressWithAPasswordInItIsRefusedWithoutRepeatingIt() {
    for (String url :
        new String[] {
          "jdbc:postgresql://db/opendamir?password=s3cret",
          "jdbc:postgresql://db/opendamir?ssl=true&Password=s3cret",
          "jdbc:postgresql://user:s3cret@db:5432/opendamir",
        }) {
      assertThatThrownBy(() -> new DatabaseSettings(url, "opendamir", ""))
          .hasMessageContaining("must not hold a password")
          .hasMessageNotContaining("s3cret");
    }
    assertThat(new DatabaseSettings("jdbc:postgresql://db/opendamir", "opendamir", SECRET))
        .asString()
        .doesNotContain(SECRET);
  }

  private static String password(Map<String, String> settings) {
    return DatabasePassword.of(config(settings));
  }

  private static DatabaseConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(DatabaseConfig.class)
        .build()
        .getConfigMapping(DatabaseConfig.class);
  }
}
