package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/** Quantity, count and coefficient of a line. */
final class QuantityDraw {

  /** Weights of the atom's popularity, of the line's own and of chance; squares add up to one. */
  private static final double BY_ATOM = 0.50;

  private static final double BY_USUALNESS = 0.30;
  private static final double BY_CHANCE =
      Math.sqrt(1 - BY_ATOM * BY_ATOM - BY_USUALNESS * BY_USUALNESS);

  /** Deviation of {@link Line#usualness()}, measured. */
  private static final double USUALNESS_DEVIATION = 0.9;

  /** Scores of lines of unknown row type are above average without it, measured. */
  private static final double UNDETAILED_SHIFT = -0.4;

  /** Cents; about the largest charge of a line in A202501, 0.17 % of all charges of that month. */
  private static final double LARGEST_AMOUNT = 25_000_000_00L;

  /** Lines of A202501. */
  private static final double FULL_LINES = 36_640_259;

  /** Fewer lines meet fewer extremes of the quantity, but not in proportion. */
  private static final double QUANTITY_GROWTH = 0.75;

  /** Days of sick pay and monthly pensions are large on most lines, and never so extreme. */
  private static final double CASH_SPREAD = 0.5;

  /** Few acts are carried out at night or on Sundays. */
  private static final double SUPPLEMENT_SHIFT = -0.5;

  /** Lines that take back an earlier one, and lines with nothing but zeros, per ten thousand. */
  private static final int REVERSALS = 95;

  private static final int ZEROS = 45;

  private final double largestQuantity;
  private final double largestAmount;

  /**
   * Draws for a month of so many lines. What one line may add up to grows with them: a line as
   * large as the largest of a whole month would outweigh everything else in a small one, so that
   * its rates and its changes from month to month would be absurd.
   */
  QuantityDraw(long lines) {
    double share = Math.min(1, lines / FULL_LINES);
    this.largestAmount = LARGEST_AMOUNT * share;
    this.largestQuantity = QuantityCurve.LARGEST * StrictMath.pow(share, QUANTITY_GROWTH);
  }

  /** Sets the three measures of volume and returns the quantity, below zero on reversals. */
  long draw(SplittableRandom random, Line line) {
    long acts = acts(random, line);
    line.setAmount(SourceColumn.PRS_ACT_QTE, acts);
    line.setAmount(
        SourceColumn.PRS_ACT_NBR,
        line.code(SourceColumn.PRS_FJH_TYP) == 8 ? Line.EMPTY : count(random, line, acts));
    line.setAmount(SourceColumn.PRS_ACT_COG, coefficient(random, line.service(), acts));
    return acts;
  }

  private long acts(SplittableRandom random, Line line) {
    int dice = random.nextInt(10_000);
    if (dice < REVERSALS) {
      return dice % 8 == 0 ? -2 : -1;
    }
    if (dice < REVERSALS + ZEROS) {
      return 0;
    }
    double score =
        BY_ATOM * line.popularity()
            + BY_USUALNESS * line.usualness() / USUALNESS_DEVIATION
            + BY_CHANCE * random.nextGaussian();
    boolean cash = line.service().family().kind() == ServiceFamily.Kind.CASH;
    double shifted = (cash ? score * CASH_SPREAD : score) + line.service().quantityShift();
    if (line.code(SourceColumn.CPL_COD) != 0) {
      shifted += SUPPLEMENT_SHIFT;
    }
    long acts =
        line.type() == RowType.UNKNOWN
            ? QuantityCurve.UNDETAILED.at(shifted + UNDETAILED_SHIFT)
            : QuantityCurve.DETAILED.at(shifted);
    return bounded(acts, Math.min(largestQuantity, largestAmount / price(line.service())));
  }

  private static long price(Service service) {
    return service.prices().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Approaches the bound from below, so that no quantity is conspicuously frequent. */
  private static long bounded(long acts, double most) {
    return Math.max(1, Math.round(acts / (1 + acts / most)));
  }

  /** The count differs from the quantity mostly where a line of several tests is one act. */
  private static long count(SplittableRandom random, Line line, long acts) {
    int dice = random.nextInt(100);
    if (line.service().family().name().equals("biology")) {
      return dice < 60 ? acts * random.nextInt(2, 9) : acts;
    }
    return dice < 90 ? acts : dice < 94 ? acts * 2 : dice < 97 ? acts - acts / 3 : acts / 2;
  }

  private static long coefficient(SplittableRandom random, Service service, long acts) {
    long one = service.coefficient();
    return one == 100 ? acts * 100 : acts * one * random.nextInt(50, 151) / 100;
  }
}
