package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy document: what is valid, and when two are the same. */
class PolicyReaderTest {
  @TempDir Path folder;

  @Test
  void theBuiltInPolicyIsADocumentLikeAnyOther() throws IOException {
    DisclosurePolicy read = PolicyReader.read(file(builtIn()));

    assertThat(read).isEqualTo(PolicyReader.builtIn());
    assertThat(read.threshold()).isEqualTo(11);
  }

  @Test
  void whiteSpaceAndOrderOfKeysDoNotMakeAnotherPolicy() throws IOException {
    String text = builtIn();
    String moved =
        text.replace("\"threshold\": 11,", "").replaceFirst("\\{", "{ \"threshold\": 11,\n");

    assertThat(PolicyDocument.of(PolicyReader.read(file(moved))))
        .isEqualTo(PolicyDocument.of(PolicyReader.builtIn()));
  }

  @Test
  void anyChangeMakesAnotherPolicy() throws IOException {
    String text = builtIn().replace("\"nursing\": 15", "\"nursing\": 14");

    assertThat(PolicyDocument.of(PolicyReader.read(file(text))).sha256())
        .isNotEqualTo(PolicyDocument.of(PolicyReader.builtIn()).sha256());
  }

  @Test
  void aDocumentOfAPolicyReadsBackAsThatPolicy() throws IOException {
    DisclosurePolicy policy = PolicyReader.builtIn();

    assertThat(PolicyReader.read(file(PolicyDocument.of(policy).json()))).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"threshold\": 11' | '\"threshold\": 10' | threshold must be at least 11, not 10",
        "'\"nursing\": 15' | '\"nursing\": 0' | acts_per_person of nursing must be in 1..1000",
        "'\"age_band\", \"region\"' | '\"age_band\"' | the last recoding must give up every dimension",
        "'\"care_lag\"' | '\"care_leg\"' | there is no level care_leg",
        "'\"care_lag\"' | '\"month\"' | a recoding cannot give up month",
        "'\"threshold\"' | '\"treshold\"' | Missing required creator property",
        "'\"id\": \"blocks-12\",' | '' | id",
        "'\"warn_above\": \"0.05\"' | '\"warn_above\": \"0.5\"' | warn_above <= refuse_above",
        "'{' | '[' | is not valid"
      })
  void whatIsNotValidIsRefusedWithItsReason(String found, String changed, String reason)
      throws IOException {
    Path file = file(builtIn().replace(found, changed == null ? "" : changed));

    assertThatThrownBy(() -> PolicyReader.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy.json")
        .hasMessageContaining(reason);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.json"), text);
  }

  private static String builtIn() throws IOException {
    try (InputStream in = PolicyReader.class.getResourceAsStream("policy.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
