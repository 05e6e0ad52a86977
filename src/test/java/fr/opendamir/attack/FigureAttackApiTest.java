package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No figure of fewer than eleven persons follows from the answers of the service. */
@QuarkusTest
@QuarkusTestResource(value = FigureMonths.class, restrictToAnnotatedClass = true)
class FigureAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void noFigureOfFewPersonsIsFound() {
    List<AttackResult> results = FigureAttacks.byQuestions(base, FigureMonths.inOrder());
    DisclosureReport.write("Figures, protected, by questions", results);
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }
}
