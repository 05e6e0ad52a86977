package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The mutation check of the attack that knows the method: without the rule against it, it names
 * cells.
 */
@QuarkusTest
@QuarkusTestResource(value = CertainMonth.class, restrictToAnnotatedClass = true)
class CertainMonthAttackApiTest {
  @TestHTTPResource("/")
  URI base;

  @Test
  void knowingTheMethodNamesCells() {
    List<AttackResult> results =
        AttackSuite.run(base, SmallCellsMonth.truth(), AttackSuite.KNOWING_THE_METHOD);
    DisclosureReport.write("Weakened: blocks that tell their parts", results);
    assertThat(results).allMatch(AttackResult::succeeds);
  }
}
