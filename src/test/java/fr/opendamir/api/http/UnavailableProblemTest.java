package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.DataUnavailableException.Part;
import java.net.ConnectException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The problem names what is unavailable, and not where it is. */
class UnavailableProblemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATABASE | FR | La base de données ne répond pas. Réessayer après",
        "DATABASE | EN | The database does not answer. Try again after",
        "ENGINE   | FR | Le moteur de calcul des chiffres ne répond pas à temps. Réessayer après",
        "ENGINE   | EN | The engine that computes figures does not answer in time. Try again after",
        "RELEASE  | FR | La version n'est pas encore prête, ou vient d'être remplacée. Réessayer",
        "RELEASE  | EN | The release is not ready yet, or was just replaced. Try again after",
      })
  void namesThePartInBothLanguages(Part part, Language language, String text) {
    Throwable cause = new ConnectException("coordinator.internal:8080 refused the connection");

    Problem problem =
        new Problems(language, "/v1/aggregates", "id")
            .of(new DataUnavailableException(part, cause));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.type()).isEqualTo("/v1/problems/unavailable");
    assertThat(problem.detail())
        .startsWith(text)
        .contains("Retry-After")
        .doesNotContain("coordinator", "8080");
  }
}
