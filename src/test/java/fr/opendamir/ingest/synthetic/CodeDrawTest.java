package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CodeDrawTest {

  @Test
  void drawsCodesInProportionToTheirWeights() {
    CodeDraw draw = CodeDraw.of(new int[] {5, 11, 99}, new double[] {1, 6, 3});
    SplittableRandom random = new SplittableRandom(7);
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[draw.draw(random)]++;
    }
    assertThat(counts[5]).isCloseTo(10_000, within(400));
    assertThat(counts[11]).isCloseTo(60_000, within(600));
    assertThat(counts[99]).isCloseTo(30_000, within(600));
  }

  @Test
  void neverDrawsACodeWithoutWeight() {
    CodeDraw draw = CodeDraw.of(new int[] {1, 2}, new double[] {0, 4});
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(draw.draw(random)).isEqualTo(2);
    }
  }

  @Test
  void refusesWeightsThatAreAllZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodeDraw.of(new int[] {1}, new double[] {0}));
  }

  @Test
  void refusesACodeThatTheListDoesNotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodeDraw.parse("1:50|92:50").toIndices(new int[] {1, 2}));
  }
}
