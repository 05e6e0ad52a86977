package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The mutation check: without the rules, figures of fewer than eleven persons follow from answers.
 * The rules on changes and on the last merge cannot be disabled: {@link
 * PublishedBeforeAttackApiTest}.
 */
@QuarkusTest
@QuarkusTestResource(value = FigureMonths.Weakened.class, restrictToAnnotatedClass = true)
class WeakenedFigureAttackApiTest {
  private static final List<String> ALWAYS_ON =
      List.of(new LastMerge().name(), ChangeOfOneAtom.NAME);

  @TestHTTPResource("/")
  URI base;

  @Test
  void figuresOfFewPersonsAreFound() {
    List<AttackResult> results = FigureAttacks.byQuestions(base, FigureMonths.inOrder());
    DisclosureReport.write("Figures, weakened: without the rules, by questions", results);
    assertThat(results)
        .filteredOn(result -> !ALWAYS_ON.contains(result.attack()))
        .allMatch(AttackResult::succeeds);
  }
}
