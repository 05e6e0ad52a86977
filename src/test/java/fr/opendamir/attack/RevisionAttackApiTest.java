package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two releases of one month side by side: their difference shows no small change. */
@QuarkusTest
@QuarkusTestResource(value = RevisedProtectedMonth.class, restrictToAnnotatedClass = true)
class RevisionAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void noRevisionShowsASmallChange() {
    RevisedMonth month = RevisedMonth.of(SmallCellsMonth.truth());
    List<AttackResult> results =
        AttackSuite.run(List.of(new ReleaseDifference(month)), base, month.second());
    DisclosureReport.write("Protected, two releases of one month", results);
    assertThat(results).noneMatch(AttackResult::succeeds);
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }
}
