package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityCurveTest {

  @Test
  void neverFallsWhenTheScoreRises() {
    long previous = 0;
    for (double score = -7; score < 7; score += 0.01) {
      long quantity = QuantityCurve.DETAILED.at(score);
      assertThat(quantity).isBetween(Math.max(1, previous), (long) QuantityCurve.LARGEST);
      previous = quantity;
    }
  }

  @Test
  void givesOneActToEightyTwoPerCentOfTheSchemesThatSendFewFields() {
    // 0.915 is the score that 18 % of a normal distribution exceed.
    assertThat(QuantityCurve.UNDETAILED.at(0.90)).isEqualTo(1);
    assertThat(QuantityCurve.UNDETAILED.at(0.93)).isEqualTo(2);
  }

  @Test
  void hasItsMedianAtFourToFiveActsForTheOthers() {
    assertThat(QuantityCurve.DETAILED.at(0)).isBetween(4L, 5L);
  }
}
