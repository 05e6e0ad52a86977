package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The mutation check: against a service that only hides small cells when it is asked, every attack
 * on a threshold succeeds by far. A suite that cannot fail proves nothing.
 */
@QuarkusTest
@QuarkusTestResource(value = UnprotectedMonth.class, restrictToAnnotatedClass = true)
class WeakenedAttackApiTest {
  /** Luck would not do this. */
  private static final double BY_FAR = 1.5;

  @TestHTTPResource("/")
  URI base;

  @Test
  void everyAttackOnAThresholdSucceeds() {
    List<AttackResult> results =
        AttackSuite.run(base, SmallCellsMonth.truth(), AttackSuite.EXACT, AttackSuite.FITTING);
    DisclosureReport.write("Weakened: threshold at question time only", results);
    assertThat(results).allMatch(AttackResult::succeeds);
    assertThat(results).allMatch(result -> result.hits() >= BY_FAR * result.baseline());
  }
}
