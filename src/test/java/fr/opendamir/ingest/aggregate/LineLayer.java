package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A layer of the amounts of a line, as the specification of blocks-12 lists them: the amounts
 * without excess fees, sorted by size, are sums of layers; a layer is held by the amounts that
 * reach it.
 *
 * @param negative whether it lies below zero
 * @param amounts the amounts that hold it
 */
record LineLayer(Component component, boolean negative, Set<String> amounts) {
  private static final List<String> LAYERED =
      List.of("charged", "reimbursed", "reimbursement_base", "reimbursed_all");
  private static final LineLayer EXCESS =
      new LineLayer(Component.EXCESS_FEES, false, Set.of("excess_fees", "charged"));

  private static final List<LineLayer> ALL = list();
  private static final List<Set<LineLayer>> SUMS = listSums();
  private static final Map<Combination, Boolean> COMBINATIONS = new ConcurrentHashMap<>();

  /** What a policy document can protect. */
  enum Component {
    DIFFERENCES,
    EXCESS_FEES;

    static Component named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** All parts, in the order in which the import takes them. */
  static List<LineLayer> all() {
    return ALL;
  }

  private static List<LineLayer> list() {
    List<LineLayer> all = new ArrayList<>();
    for (boolean negative : List.of(false, true)) {
      for (int some = 1; some < 1 << LAYERED.size(); some++) {
        Set<String> amounts = new HashSet<>();
        for (int i = 0; i < LAYERED.size(); i++) {
          if ((some >> i & 1) == 1) {
            amounts.add(LAYERED.get(i));
          }
        }
        all.add(new LineLayer(Component.DIFFERENCES, negative, amounts));
      }
    }
    all.add(EXCESS);
    return List.copyOf(all);
  }

  /**
   * The layers that each amount shows, and each difference of two amounts: sums that have to be
   * safe too.
   */
  static List<Set<LineLayer>> sums() {
    return SUMS;
  }

  private static List<Set<LineLayer>> listSums() {
    List<String> amounts = SourceLines.MEASURES.subList(1, SourceLines.MEASURES.size());
    List<Set<LineLayer>> sums = new ArrayList<>();
    for (int i = 0; i < amounts.size(); i++) {
      String one = amounts.get(i);
      sums.add(with(layer -> layer.isPartOf(one)));
      for (String other : amounts.subList(i + 1, amounts.size())) {
        sums.add(with(layer -> layer.isPartOf(one) != layer.isPartOf(other)));
      }
    }
    return List.copyOf(sums);
  }

  private static Set<LineLayer> with(Predicate<LineLayer> wanted) {
    return ALL.stream().filter(wanted).collect(Collectors.toUnmodifiableSet());
  }

  /** The parts of a line of a file, from the largest set of amounts to the smallest. */
  static Set<LineLayer> of(SourceLine line) {
    Set<LineLayer> parts = new LinkedHashSet<>();
    for (boolean negative : List.of(false, true)) {
      TreeSet<Long> heights = new TreeSet<>();
      LAYERED.forEach(amount -> heights.add(height(line, amount, negative)));
      for (long height : heights) {
        if (height > 0) {
          Set<String> holders = new HashSet<>();
          for (String amount : LAYERED) {
            if (height(line, amount, negative) >= height) {
              holders.add(amount);
            }
          }
          parts.add(new LineLayer(Component.DIFFERENCES, negative, holders));
        }
      }
    }
    if (line.excessFees() != 0) {
      parts.add(EXCESS);
    }
    return parts;
  }

  private static long height(SourceLine line, String amount, boolean negative) {
    long value = line.sums().get(SourceLines.MEASURES.indexOf(amount));
    long layered = amount.equals("charged") ? value - line.excessFees() : value;
    return negative ? -layered : layered;
  }

  /** The value in cents on a line, or on the change of lines that have the same parts. */
  long of(SourceLine line, Set<LineLayer> parts) {
    if (component == Component.EXCESS_FEES) {
      return line.excessFees();
    }
    // The layers of one sign are nested: the next larger set of amounts is just below this one.
    Set<String> below =
        parts.stream()
            .filter(part -> part.component == component && part.negative == negative)
            .map(LineLayer::amounts)
            .filter(other -> other.size() > amounts.size())
            .min(Comparator.comparing(Set::size))
            .orElse(Set.of());
    Set<String> above =
        parts.stream()
            .filter(part -> part.component == component && part.negative == negative)
            .map(LineLayer::amounts)
            .filter(other -> other.size() < amounts.size())
            .max(Comparator.comparing(Set::size))
            .orElse(Set.of());
    long top = height(line, only(amounts, above), false);
    return below.isEmpty() ? top : top - height(line, only(below, amounts), false);
  }

  /** An amount that reaches one layer and not the next one. */
  private static String only(Set<String> amounts, Set<String> next) {
    return amounts.stream().filter(amount -> !next.contains(amount)).findFirst().orElseThrow();
  }

  /**
   * Whether some combination of other parts has these amounts: then no combination of amounts tells
   * this part without telling one of the others. Coefficients of -2 to 2 are tried.
   */
  boolean isCombinationOf(List<LineLayer> others) {
    return COMBINATIONS.computeIfAbsent(
        new Combination(amounts, others.stream().map(LineLayer::amounts).toList()),
        Combination::isPossible);
  }

  /**
   * Amounts, and those of the parts that may tell them: the same few are asked for block by block.
   */
  private record Combination(Set<String> wanted, List<Set<String>> others) {
    private boolean isPossible() {
      Set<Long> sums = new HashSet<>(Set.of(0L));
      for (Set<String> other : others) {
        for (long sum : List.copyOf(sums)) {
          for (int factor = -2; factor <= 2; factor++) {
            sums.add(sum + factor * number(other));
          }
        }
        if (sums.contains(number(wanted))) {
          return true;
        }
      }
      return sums.contains(number(wanted));
    }

    /**
     * A digit for each measure, wide enough for twice the number of all parts below and above 0.
     */
    private static long number(Set<String> amounts) {
      return amounts.stream().mapToLong(a -> 1L << (8 * SourceLines.MEASURES.indexOf(a))).sum();
    }
  }

  boolean isPartOf(String measure) {
    return amounts.contains(measure);
  }
}
