package fr.opendamir.query;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SumColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A cell with random sums, and its values by decimal arithmetic that shares no code with the
 * service.
 *
 * @param sums cents or acts by the id of their column; null where nothing is in scope
 */
record RandomCell(String service, Map<String, Long> sums) {
  /** The measures that are calculated from sums alone. */
  static final List<Measure> MEASURES =
      Arrays.stream(Measure.values()).filter(measure -> !measure.isRate()).toList();

  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  static List<RandomCell> some(int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RandomCell(service(i, random), sums(random)))
        .toList();
  }

  /** Each once, so that cells keep their sums. */
  private static String service(int i, Random random) {
    return switch (i) {
      case 0 -> "ND";
      case 1 -> "G:pharmacy";
      case 2 -> "NR";
      default -> Integer.toString(10 * i + random.nextInt(10));
    };
  }

  private static Map<String, Long> sums(Random random) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (SumColumn column : SumColumn.all()) {
      sums.put(column.id(), random.nextInt(10) == 0 && column.careOnly() ? null : sum(random));
    }
    if (random.nextInt(3) == 0) {
      halfway(sums, random);
    }
    return sums;
  }

  private static long sum(Random random) {
    long sum =
        switch (random.nextInt(5)) {
          case 0 -> 0;
          case 1 -> random.nextInt(15);
          case 2 -> random.nextInt(100_000);
          case 3 -> random.nextLong(10_000_000_000L);
          default -> random.nextLong(1_000_000_000_000_000L);
        };
    return random.nextBoolean() ? sum : -sum;
  }

  /**
   * A rate and an average that are ties, or as near to one as their divisors allow: rounding a
   * quotient of sixteen digits gives another result there.
   */
  private static void halfway(Map<String, Long> sums, Random random) {
    if (random.nextBoolean()) {
      long half = random.nextLong(1_000_000);
      sums.put("care_charged", 2_000_000L * (1 + random.nextInt(1_000)));
      sums.put("care_reimbursed", (2 * half + 1) * (sums.get("care_charged") / 2_000_000));
      long acts = 2L * (1 + random.nextInt(1_000));
      sums.put("all_quantity", random.nextBoolean() ? acts : -acts);
      sums.put("all_charged", (2 * half + 1) * (acts / 2));
    } else {
      // 2,000,000 n = -1 (mod d) for an odd d without the factor five.
      BigInteger d = BigInteger.valueOf(10 * random.nextLong(1_000_000_000_000_000L) + 3);
      BigInteger n = MILLION.shiftLeft(1).modInverse(d).negate().mod(d);
      sums.put("care_charged", d.longValueExact());
      sums.put("care_reimbursed", random.nextBoolean() ? n.longValueExact() : -n.longValueExact());
    }
  }

  boolean isSuppressed() {
    long acts = Math.abs(sums.get("all_quantity"));
    return acts >= 1 && acts <= 10;
  }

  /** The value that a row shows; null where it shows none. */
  BigDecimal shown(Measure measure) {
    boolean isAverage = measure == Measure.AVERAGE_CHARGE || measure == Measure.AVERAGE_REIMBURSED;
    boolean isSeveralServices = service.equals("ND") || service.startsWith("G:");
    return isSuppressed() || (isAverage && isSeveralServices) ? null : value(measure);
  }

  /** The value whether or not it may be shown. */
  BigDecimal value(Measure measure) {
    return switch (measure) {
      case QUANTITY -> BigDecimal.valueOf(sums.get("all_quantity"));
      case CHARGED, REIMBURSED, EXCESS_FEES, REIMBURSEMENT_BASE, REIMBURSED_ALL ->
          euros("all_" + measure.id());
      case OUT_OF_POCKET -> euros("care_charged").subtract(euros("care_reimbursed"));
      case NOT_COVERED -> euros("care_charged").subtract(euros("care_reimbursed_all"));
      case REIMBURSEMENT_RATE -> quotient(euros("care_reimbursed"), euros("care_charged"), 6);
      case EXCESS_RATE -> quotient(euros("care_excess_fees"), euros("care_charged"), 6);
      case AVERAGE_CHARGE -> quotient(euros("all_charged"), value(Measure.QUANTITY), 2);
      case AVERAGE_REIMBURSED -> quotient(euros("all_reimbursed"), value(Measure.QUANTITY), 2);
      default -> throw new IllegalArgumentException(measure + " needs a population");
    };
  }

  private BigDecimal euros(String column) {
    Long cents = sums.get(column);
    return BigDecimal.valueOf(cents == null ? 0 : cents, 2);
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor, int decimals) {
    return divisor.signum() == 0 ? null : dividend.divide(divisor, decimals, RoundingMode.HALF_UP);
  }
}
