package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service as published: no attack learns more than guessing. */
@QuarkusTest
@QuarkusTestResource(value = ProtectedMonth.class, restrictToAnnotatedClass = true)
class ProtectedAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void noAttackSucceeds() {
    Truth truth = SmallCellsMonth.truth();
    List<AttackResult> results =
        AttackSuite.run(
            base, truth, AttackSuite.EXACT, AttackSuite.FITTING, AttackSuite.APPEARANCES);
    List<AttackResult> exact = results.subList(0, AttackSuite.EXACT.size());
    DisclosureReport.write("Protected, as published", results);
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
    // Guessing would be too kind a measure here: a right answer in a hundred would be a leak.
    assertThat(exact).filteredOn(result -> result.hits() > 0).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }

  @Test
  void knowingTheMethodNamesNoCell() {
    List<AttackResult> results =
        AttackSuite.run(base, SmallCellsMonth.truth(), AttackSuite.KNOWING_THE_METHOD);
    DisclosureReport.write("Protected, to an attacker who knows the method", results);
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }
}
