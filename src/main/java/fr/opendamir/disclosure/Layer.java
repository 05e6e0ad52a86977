package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.SourceMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A layer of the amounts of a line: what the amounts of one set have above all others. Sorted by
 * size, the amounts of a line are sums of layers; each layer is held by the amounts that reach it.
 * The charge is taken without the excess fees, which are a layer of their own. Negative amounts
 * have layers of their own, below zero.
 *
 * <p>Two amounts of a line differ exactly where a layer lies between them. So where each layer of a
 * block has no contributor or enough of them, the same is true of each amount and of each
 * difference of amounts, unless reversals nearly cancel them ({@link #sums}). A layer with few
 * contributors is taken out of the block: out of all the amounts that hold it, otherwise their
 * difference would reveal it.
 *
 * @param index position in {@link #ALL}; the bit of the layer in the {@code pattern} of a row
 * @param negative whether the layer lies below zero
 * @param amounts the amounts that hold it
 */
public record Layer(int index, Component component, boolean negative, Set<SourceMeasure> amounts) {
  /** The amounts, without the quantity. */
  static final List<SourceMeasure> AMOUNTS =
      Arrays.stream(SourceMeasure.values()).filter(SourceMeasure::isAmount).toList();

  /** The amounts that have layers, as columns; the charge is without excess fees. */
  private static final Map<SourceMeasure, String> LAYERED = layered(SourceMeasure::id);

  private static final String OF_EXCESS_FEES = "of_excess_fees";

  /** All layers that lines can have. */
  public static final List<Layer> ALL = all();

  /** The bits of the layers below zero. */
  static final long NEGATIVE = ALL.stream().filter(Layer::negative).mapToLong(Layer::bit).sum();

  static Map<SourceMeasure, String> layered(Function<SourceMeasure, String> amount) {
    Map<SourceMeasure, String> layered = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure :
        List.of(
            SourceMeasure.REIMBURSED,
            SourceMeasure.REIMBURSED_ALL,
            SourceMeasure.REIMBURSEMENT_BASE)) {
      layered.put(measure, amount.apply(measure));
    }
    layered.put(
        SourceMeasure.CHARGED,
        "(%s - %s)"
            .formatted(
                amount.apply(SourceMeasure.CHARGED), amount.apply(SourceMeasure.EXCESS_FEES)));
    return layered;
  }

  private static List<Layer> all() {
    List<SourceMeasure> layered = List.copyOf(LAYERED.keySet());
    List<Layer> all = new ArrayList<>();
    for (boolean negative : List.of(false, true)) {
      for (int some = 1; some < 1 << layered.size(); some++) {
        Set<SourceMeasure> amounts = EnumSet.noneOf(SourceMeasure.class);
        for (int i = 0; i < layered.size(); i++) {
          if ((some >> i & 1) == 1) {
            amounts.add(layered.get(i));
          }
        }
        all.add(new Layer(all.size(), Component.DIFFERENCES, negative, amounts));
      }
    }
    all.add(
        new Layer(
            all.size(),
            Component.EXCESS_FEES,
            false,
            EnumSet.of(SourceMeasure.EXCESS_FEES, SourceMeasure.CHARGED)));
    return List.copyOf(all);
  }

  /**
   * The bits of the layers that a sum of amounts shows, for each amount, and for each pair the
   * layers that its difference shows. Where acts and reversals of several layers nearly cancel, a
   * sum can have few contributors although each layer has enough.
   */
  static Set<Long> sums() {
    Set<Long> sums = new LinkedHashSet<>();
    for (int i = 0; i < AMOUNTS.size(); i++) {
      sums.add(bits(AMOUNTS.get(i)));
      for (SourceMeasure other : AMOUNTS.subList(i + 1, AMOUNTS.size())) {
        sums.add(bits(AMOUNTS.get(i)) ^ bits(other));
      }
    }
    ALL.forEach(layer -> sums.remove(layer.bit()));
    return sums;
  }

  /** The bit of this layer in the pattern of a row. */
  public long bit() {
    return 1L << index;
  }

  /**
   * The column of its value. Layers of one sign on one line have different sizes, and all sizes
   * together are at most four, so no two layers of a line share a column.
   */
  public String column() {
    if (component == Component.EXCESS_FEES) {
      return OF_EXCESS_FEES;
    }
    return "layer_" + (negative ? LAYERED.size() + 1 - amounts.size() : amounts.size());
  }

  /** The columns of values. */
  public static List<String> columns() {
    return ALL.stream().map(Layer::column).distinct().sorted().toList();
  }

  /** The bits of the layers whose values are in a column. */
  static long bits(String column) {
    return bits(column, layer -> true);
  }

  /** The bits of the layers of an amount. */
  public static long bits(SourceMeasure amount) {
    return ALL.stream().filter(layer -> layer.amounts.contains(amount)).mapToLong(Layer::bit).sum();
  }

  /** The bits of the layers that an amount holds, by {@link #columns column} of values. */
  static long[] bitsByColumn(SourceMeasure amount) {
    return columns().stream()
        .mapToLong(column -> bits(column, layer -> layer.amounts.contains(amount)))
        .toArray();
  }

  private static long bits(String column, Predicate<Layer> wanted) {
    return ALL.stream()
        .filter(layer -> layer.column().equals(column))
        .filter(wanted)
        .mapToLong(Layer::bit)
        .sum();
  }

  /**
   * Renders a table with the layered amounts of each row by size; {@code sorted_1} is the largest.
   */
  static String sorted(String table) {
    List<String> amounts = List.copyOf(LAYERED.values());
    return """
    (SELECT *, greatest(high_1, high_2) AS sorted_1,
      greatest(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_2,
      least(least(high_1, high_2), greatest(low_1, low_2)) AS sorted_3,
      least(low_1, low_2) AS sorted_4
    FROM (SELECT *, greatest(%1$s, %2$s) AS high_1, least(%1$s, %2$s) AS low_1,
      greatest(%3$s, %4$s) AS high_2, least(%3$s, %4$s) AS low_2 FROM %5$s))
    """
        .formatted(amounts.get(0), amounts.get(1), amounts.get(2), amounts.get(3), table);
  }

  /**
   * Renders the values of the layers, named, from {@link #sorted} sums of lines of equal traits: a
   * positive layer is what an amount has above the next smaller one, a negative layer what it has
   * below the next larger one.
   */
  static String values() {
    int last = LAYERED.size();
    return IntStream.rangeClosed(1, last)
            .mapToObj(
                i ->
                    "greatest(sorted_%d, 0) - %s + least(sorted_%d, 0) - %s AS layer_%d"
                        .formatted(
                            i,
                            i == last ? "0" : "greatest(sorted_%d, 0)".formatted(i + 1),
                            i,
                            i == 1 ? "0" : "least(sorted_%d, 0)".formatted(i - 1),
                            i))
            .collect(joining(", "))
        + ", excess_fees AS "
        + OF_EXCESS_FEES;
  }

  private String value() {
    if (component == Component.EXCESS_FEES) {
      return "excess_fees";
    }
    List<String> own = new ArrayList<>();
    List<String> other = new ArrayList<>(List.of("0"));
    LAYERED.forEach((measure, sql) -> (amounts.contains(measure) ? own : other).add(sql));
    String smallest = negative ? "greatest" : "least";
    String largest = negative ? "least" : "greatest";
    return "%s(0, %s(%s) - %s(%s))"
        .formatted(largest, smallest, String.join(", ", own), largest, String.join(", ", other));
  }

  /** Renders the pattern of the layers of summed lines of equal {@code traits}. */
  static String pattern() {
    return ALL.stream()
        .map(layer -> "(%s <> 0)::BIGINT * %d".formatted(layer.value(), layer.bit()))
        .collect(joining(" + "));
  }

  /** Renders an amount from the values of a row and its pattern. */
  public static String amount(SourceMeasure amount) {
    return amount(amount, "pattern");
  }

  /** Renders what some layers of a row have of an amount. */
  static String amount(SourceMeasure amount, String layers) {
    return columns().stream()
        .filter(column -> bits(column, layer -> layer.amounts.contains(amount)) != 0)
        .map(
            column ->
                "CASE WHEN %s & %d <> 0 THEN %s ELSE 0 END"
                    .formatted(
                        layers, bits(column, layer -> layer.amounts.contains(amount)), column))
        .collect(joining(" + ", "(", ")"));
  }

  /** Renders the values of all columns of a row, only this layer's not zero. */
  public String onlyThis() {
    return columns().stream()
        .map(column -> column.equals(column()) ? column : "0")
        .collect(joining(", "));
  }

  /**
   * Whether a sum of this layer and of other layers hides it: every combination of amounts in which
   * the other layers cancel leaves this one out too.
   */
  public boolean isHiddenAmong(Collection<Layer> others) {
    List<Layer> all = new ArrayList<>(others);
    all.add(this);
    return rank(all) == rank(others);
  }

  /** The number of independent sets of amounts, by elimination. */
  private static int rank(Collection<Layer> layers) {
    List<double[]> rows = new ArrayList<>();
    for (Layer layer : layers) {
      rows.add(AMOUNTS.stream().mapToDouble(a -> layer.amounts.contains(a) ? 1 : 0).toArray());
    }
    int rank = 0;
    for (int column = 0; column < AMOUNTS.size(); column++) {
      int at = column;
      Optional<double[]> pivot = rows.stream().filter(row -> Math.abs(row[at]) > 1e-9).findFirst();
      if (pivot.isPresent()) {
        rank++;
        rows.remove(pivot.get());
        for (double[] row : rows) {
          double factor = row[at] / pivot.get()[at];
          for (int i = 0; i < row.length; i++) {
            row[i] -= factor * pivot.get()[i];
          }
        }
      }
    }
    return rank;
  }

  /** Where the layer is, for messages. */
  public String description() {
    return component == Component.EXCESS_FEES
        ? "excess_fees"
        : "the difference between %s and the other amounts"
            .formatted(amounts.stream().map(SourceMeasure::id).collect(joining(", ")));
  }
}
