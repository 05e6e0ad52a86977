package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
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
    List<Attack> revision = AttackSuite.revision(month);
    List<AttackResult> results =
        AttackSuite.run(base, month.second(), revision, AttackSuite.EXACT, AttackSuite.APPEARANCES);
    List<AttackResult> comparisons = results.subList(0, revision.size());
    DisclosureReport.write("Protected, two releases of one month", results);
    assertThat(comparisons).filteredOn(result -> result.hits() > 0).isEmpty();
    // Where acts were taken away, blocks of both signs meet, and what is not disclosed of a row may
    // be small: a number that belongs to no cell, and is that of one by chance now and then.
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }
}
