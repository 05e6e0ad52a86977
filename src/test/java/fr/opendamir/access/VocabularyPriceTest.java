package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VocabularyPriceTest {
  @Test
  void whatIsSmallIsFreeAndTheRestIsPaidForInBegunUnits() {
    assertThat(VocabularyPrice.units(0)).isZero();
    assertThat(VocabularyPrice.units(VocabularyPrice.FREE_BYTES)).isZero();
    assertThat(VocabularyPrice.units(VocabularyPrice.FREE_BYTES + 1)).isEqualTo(1);
    assertThat(VocabularyPrice.units(VocabularyPrice.FREE_BYTES + VocabularyPrice.BYTES_PER_UNIT))
        .isEqualTo(1);
    assertThat(VocabularyPrice.units(2_500_000)).isEqualTo(10);
  }
}
