package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mutation check of the rules that no policy can disable. */
@QuarkusTest
@QuarkusTestResource(value = FigureMonths.PublishedBefore.class, restrictToAnnotatedClass = true)
class PublishedBeforeAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void theBlocksOfTheEarlierPolicyTellFiguresOfFewPersons() {
    List<AttackResult> results = FigureAttacks.byQuestions(base, FigureMonths.publishedBefore());
    DisclosureReport.write(
        "Figures, weakened: as published under blocks-11, by questions", results);
    assertThat(results).allMatch(AttackResult::succeeds);
  }
}
