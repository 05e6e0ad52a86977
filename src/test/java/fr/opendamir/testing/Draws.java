package fr.opendamir.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How tests of questions write parameters and draw from lists. */
public final class Draws {
  private Draws() {}

  /**
   * Where the random numbers of one of many questions come from: what is drawn for it does not
   * depend on the others, nor on which of them is asked first.
   *
   * @param number from 0
   */
  public record Source(int number, long seed) {
    /** The same numbers every time. */
    public Random random() {
      return new Random(seed);
    }
  }

  /** Sources for so many questions. */
  public static List<Source> sources(Random seeds, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new Source(number, seeds.nextLong()))
        .toList();
  }

  /** Some different elements, in random order. */
  public static <T> List<T> some(List<T> all, int count, Random random) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, count);
  }

  /** The parameters of an address without its encoding. */
  public static Map<String, List<String>> parameters(String text) {
    return Stream.of(text.split("&", -1))
        .map(one -> one.split("=", 2))
        .collect(
            Collectors.groupingBy(
                one -> one[0], Collectors.mapping(one -> one[1], Collectors.toList())));
  }

  public static List<Long> boxed(long... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
