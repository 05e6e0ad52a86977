package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReleaseChangesTest {
  private static final YearMonth JANUARY = YearMonth.of(2024, 1);
  private static final YearMonth FEBRUARY = YearMonth.of(2024, 2);

  @Test
  void theOldestReleaseAddsAllItsMonths() {
    List<ReleaseChanges> changes =
        ReleaseChanges.of(List.of(release("1", month(FEBRUARY, 2), month(JANUARY, 1))));

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).from()).isEmpty();
    assertThat(changes.get(0).added()).containsExactly(JANUARY, FEBRUARY);
    assertThat(changes.get(0).references()).isEmpty();
  }

  @Test
  void eachReleaseIsComparedWithTheOneBeforeIt() {
    Release first = release("1", month(JANUARY, 1));
    Release second = release("2", month(JANUARY, 1, 2), month(FEBRUARY, 3));
    Release third = release("3", month(FEBRUARY, 4));

    List<ReleaseChanges> changes = ReleaseChanges.of(List.of(third, second, first));

    assertThat(changes.get(0).from()).contains(second);
    assertThat(changes.get(0).added()).isEmpty();
    assertThat(changes.get(0).revised()).as("replaced").containsExactly(FEBRUARY);
    assertThat(changes.get(0).withdrawn()).containsExactly(JANUARY);
    assertThat(changes.get(1).added()).containsExactly(FEBRUARY);
    assertThat(changes.get(1).revised()).as("one more import").containsExactly(JANUARY);
    assertThat(changes.get(1).withdrawn()).isEmpty();
  }

  @Test
  void otherReferenceTablesAreAChange() {
    Release first =
        new Release("1", Instant.EPOCH, List.of(month(JANUARY, 1)), List.of("population@2025.1"));
    Release second =
        new Release("2", Instant.EPOCH, List.of(month(JANUARY, 1)), List.of("population@2026.1"));

    ReleaseChanges changes = ReleaseChanges.of(List.of(second, first)).get(0);

    assertThat(changes.references()).containsExactly("population@2026.1");
    assertThat(changes.revised()).isEmpty();
  }

  private static Release release(String id, ReleaseMonth... months) {
    return new Release("2026-01-0" + id + ".1", Instant.EPOCH, Arrays.asList(months));
  }

  private static ReleaseMonth month(YearMonth month, long... imports) {
    return new ReleaseMonth(
        LongStream.of(imports).mapToObj(id -> new ReleaseImport(id, month, 1, Map.of())).toList(),
        month,
        "A.csv",
        1,
        null,
        "blocks-12",
        false,
        false,
        1,
        1,
        11,
        Map.of(),
        Map.of());
  }
}
