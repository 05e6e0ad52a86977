package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.FileChecksum;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes the file as it would be for every region, and looks for its checksum in the answers. */
@QuarkusTest
@QuarkusTestResource(value = NearlyKnownMonths.class, restrictToAnnotatedClass = true)
class ChecksumAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @TempDir Path folder;

  @Test
  void noGuessIsConfirmedOfAFileThatIsNotPublic() {
    assertThat(confirmedRegions("202401")).isEmpty();
  }

  @Test
  void aGuessIsConfirmedOfAPublicFile() {
    assertThat(confirmedRegions("202402")).containsExactly(NearlyKnownMonths.REGION);
  }

  @Test
  void nothingOfTheAnswersLooksLikeADigestOfAFileThatIsNotPublic() {
    String february =
        FileChecksum.sha256(
            NearlyKnownMonths.month("202402", NearlyKnownMonths.REGION).writeTo(folder));
    assertThat(answers().replace(february, "")).doesNotContainPattern("[0-9a-f]{64}");
  }

  private List<String> confirmedRegions(String month) {
    return NearlyKnownMonths.confirmedRegions(month, answers(), folder);
  }

  /** Everything that the service says of the files of its releases, with headers. */
  private String answers() {
    AttackClient client = new AttackClient(base);
    String newest = client.releases().get(0);
    return List.of(
            client.get("/v1/releases"),
            client.get("/v1/releases/latest"),
            client.get("/v1/releases/" + newest),
            client.get("/v1/aggregates?group_by=month"),
            client.post(
                "/graphql",
                "{\"query\":\"{releases{id months{month sourceFile sourceSha256 lines}}}\"}"))
        .stream()
        .peek(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200))
        .map(answer -> answer.headers() + answer.body())
        .collect(Collectors.joining("\n"));
  }
}
