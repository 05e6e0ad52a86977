package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mutation check of the revision attack: without protection it finds the changes. */
@QuarkusTest
@QuarkusTestResource(value = RevisedUnprotectedMonth.class, restrictToAnnotatedClass = true)
class WeakenedRevisionAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void revisionsShowSmallChanges() {
    RevisedMonth month = RevisedMonth.of(SmallCellsMonth.truth());
    List<AttackResult> results = AttackSuite.run(base, month.second(), AttackSuite.revision(month));
    DisclosureReport.write("Weakened, two releases of one month", results);
    assertThat(results).allMatch(AttackResult::succeeds);
  }
}
