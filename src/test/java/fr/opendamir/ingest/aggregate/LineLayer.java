package fr.opendamir.ingest.aggregate;

import java.util.ArrayList;
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
 * reach it. There is one object of each, because sets of them are compared line by line.
 */
final class LineLayer {
  private static final List<String> LAYERED =
      List.of("charged", "reimbursed", "reimbursement_base", "reimbursed_all");
  private static final List<LineLayer> ALL = list();
  private static final List<Set<LineLayer>> SUMS = listSums();
  private static final LineLayer EXCESS = ALL.get(ALL.size() - 1);
  private static final Map<Combination, Boolean> COMBINATIONS = new ConcurrentHashMap<>();

  private final int number;
  private final Component component;
  private final boolean negative;
  private final Set<String> amounts;

  private LineLayer(int number, Component component, boolean negative, Set<String> amounts) {
    this.number = number;
    this.component = component;
    this.negative = negative;
    this.amounts = amounts;
  }

  Component component() {
    return component;
  }

  /** Whether it lies below zero. */
  boolean negative() {
    return negative;
  }

  /** The amounts that hold it. */
  Set<String> amounts() {
    return amounts;
  }

  /** The same in every run, and so is the order of sets. */
  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public String toString() {
    return component + " " + amounts + (negative ? " below zero" : "");
  }

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
        all.add(new LineLayer(all.size(), Component.DIFFERENCES, negative, amounts));
      }
    }
    all.add(
        new LineLayer(all.size(), Component.EXCESS_FEES, false, Set.of("excess_fees", "charged")));
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
          parts.add(layered(negative, holders));
        }
      }
    }
    if (line.excessFees() != 0) {
      parts.add(EXCESS);
    }
    return parts;
  }

  private static LineLayer layered(boolean negative, Set<String> amounts) {
    return ALL.stream()
        .filter(layer -> layer.negative == negative && layer.amounts.equals(amounts))
        .findFirst()
        .orElseThrow();
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
    // Loops, because a test asks for millions of values.
    Set<String> below = Set.of();
    Set<String> above = Set.of();
    for (LineLayer part : parts) {
      if (part.component == component && part.negative == negative) {
        int size = part.amounts.size();
        if (size > amounts.size() && (below.isEmpty() || size < below.size())) {
          below = part.amounts;
        } else if (size < amounts.size() && size > above.size()) {
          above = part.amounts;
        }
      }
    }
    long top = height(line, only(amounts, above), false);
    return below.isEmpty() ? top : top - height(line, only(below, amounts), false);
  }

  /** An amount that reaches one layer and not the next one. */
  private static String only(Set<String> amounts, Set<String> next) {
    for (String amount : amounts) {
      if (!next.contains(amount)) {
        return amount;
      }
    }
    throw new IllegalStateException(amounts + " are all in " + next);
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
