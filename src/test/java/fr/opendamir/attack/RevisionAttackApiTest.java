package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two releases of one month side by side: neither their difference nor the later one, which is made
 * of the earlier blocks and those of the change, shows a small cell.
 */
@QuarkusTest
@QuarkusTestResource(value = RevisedProtectedMonth.class, restrictToAnnotatedClass = true)
class RevisionAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void noRevisionShowsASmallChangeOrWhatIsLeft() {
    RevisedMonth month = RevisedMonth.of(SmallCellsMonth.truth());
    List<AttackResult> results =
        new ArrayList<>(AttackSuite.run(AttackSuite.revision(month), base, month.second()));
    results.addAll(AttackSuite.run(AttackSuite.EXACT, base, month.second()));
    results.addAll(AttackSuite.run(AttackSuite.APPEARANCES, base, month.second()));
    DisclosureReport.write("Protected, two releases of one month", results);
    assertThat(results).filteredOn(result -> result.hits() > 0).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }
}
