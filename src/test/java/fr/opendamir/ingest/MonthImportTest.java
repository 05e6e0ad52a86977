package fr.opendamir.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.catalog.Level;
import fr.opendamir.ingest.port.ProtectionSummary;
import java.util.EnumMap;
import org.junit.jupiter.api.Test;

class MonthImportTest {
  @Test
  void aBlockOfFewerContributorsThanThePolicyDemandsIsNotLoaded() {
    assertThatThrownBy(() -> MonthImport.requireContributors(summary(3, 10), 11))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer contributors");
    assertThatCode(() -> MonthImport.requireContributors(summary(3, 11), 11))
        .doesNotThrowAnyException();
  }

  @Test
  void aRevisionWithoutBlocksHasNoSmallestOne() {
    assertThatCode(() -> MonthImport.requireContributors(summary(0, 0), 11))
        .doesNotThrowAnyException();
  }

  private static ProtectionSummary summary(long blocks, long smallest) {
    return new ProtectionSummary(1, blocks, smallest, new EnumMap<>(Level.class));
  }
}
