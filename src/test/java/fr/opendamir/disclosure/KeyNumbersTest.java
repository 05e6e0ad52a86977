package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyNumbersTest {
  private static final int KEYS = 100_000;

  @Test
  void numbersAreThoseOfAMapInTheOrderOfFirstSight() {
    Random random = new Random(7);
    KeyNumbers numbers = new KeyNumbers(KEYS);
    numbers.of(1, 2, 3);
    checkAgainstMap(numbers, random, KEYS);
    checkAgainstMap(numbers, random, 1_000);
    checkAgainstMap(numbers, random, KEYS);
  }

  private static void checkAgainstMap(KeyNumbers numbers, Random random, int keys) {
    numbers.clear(keys);
    Map<List<Number>, Integer> expected = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      // Close together and far apart, so that keys repeat and slots collide.
      long high = random.nextBoolean() ? random.nextInt(30) : random.nextLong();
      long low = (long) random.nextInt(200) << random.nextInt(50);
      int other = random.nextInt(3);
      int number = expected.computeIfAbsent(List.of(high, low, other), key -> expected.size());
      assertThat(numbers.of(high, low, other)).isEqualTo(number);
      assertThat(numbers.high(number)).isEqualTo(high);
    }
    assertThat(numbers.size()).isEqualTo(expected.size());
  }

  @Test
  void theOrderIsThatOfTheFirstTwoParts() {
    KeyNumbers numbers = new KeyNumbers(3);
    numbers.of(2, 1, 0);
    numbers.of(1, Long.MAX_VALUE, 0);
    numbers.of(1, 3, 0);
    int[] sorted = {0, 1, 2};
    numbers.sort(sorted);
    assertThat(sorted).containsExactly(2, 1, 0);
  }

  @Test
  void manyNumbersAreSortedByBothParts() {
    Random random = new Random(7);
    KeyNumbers numbers = new KeyNumbers(1_000);
    List<Long> lows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lows.add(random.nextLong() & Long.MAX_VALUE);
      numbers.of(random.nextInt(20) * 0x7000_0000_0001L, lows.get(i), 0);
    }
    int[] sorted = IntStream.range(0, numbers.size()).filter(i -> i % 3 != 0).toArray();
    List<Integer> expected =
        IntStream.of(sorted)
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(numbers::high).thenComparing(lows::get))
            .toList();
    numbers.sort(sorted);
    assertThat(IntStream.of(sorted).boxed()).containsExactlyElementsOf(expected);
    numbers.sort(new int[0]);
  }
}
