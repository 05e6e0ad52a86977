package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.time.YearMonth;
import java.util.SplittableRandom;

/** Month of care ({@code SOI_ANN}, {@code SOI_MOI}) from the delay of the atom. */
final class CareMonthDraw {

  /** The oldest care in the genuine files is of 2001: some 24 years back. */
  private static final int OLDEST = 24 * 12;

  private static final double RECENT_SHARE = Lag.SAME_MONTH.share() + Lag.ONE_MONTH.share();

  private final int processing;

  CareMonthDraw(YearMonth month) {
    this.processing = month.getYear() * 12 + month.getMonthValue() - 1;
  }

  void draw(SplittableRandom random, Lag lag, Line line) {
    if (lag == Lag.UNKNOWN) {
      // A second undocumented form of the unknown date: 8 rows against 15,607.
      int form = random.nextInt(2000) == 0 ? 1 : 0;
      line.set(SourceColumn.SOI_ANN, form);
      line.set(SourceColumn.SOI_MOI, form);
      return;
    }
    int care = processing - monthsBack(random, lag);
    line.set(SourceColumn.SOI_ANN, care / 12);
    line.set(SourceColumn.SOI_MOI, care % 12 + 1);
    line.chose(lag == Lag.SAME_MONTH || lag == Lag.ONE_MONTH, RECENT_SHARE);
  }

  private static int monthsBack(SplittableRandom random, Lag lag) {
    return switch (lag) {
      case SAME_MONTH, UNKNOWN -> 0;
      case ONE_MONTH -> 1;
      case TWO_MONTHS -> 2;
      case THREE_TO_FIVE -> {
        int dice = random.nextInt(100);
        yield dice < 50 ? 3 : dice < 80 ? 4 : 5;
      }
      case SIX_OR_MORE -> old(random);
    };
  }

  /** From six months on, half as many after every seven months, and a few very old ones. */
  private static int old(SplittableRandom random) {
    if (random.nextInt(500) == 0) {
      return 6 + random.nextInt(OLDEST - 6);
    }
    return Math.min(OLDEST, 6 + (int) (-10 * StrictMath.log(1 - random.nextDouble())));
  }
}
