package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/** Reimbursement rate ({@code PRS_REM_TAU}, hundredths of a per cent) of a line. */
final class RateDraw {

  static final int FULL = 100_00;

  private static final int UNDOCUMENTED = 999_00;

  void draw(SplittableRandom random, Line line) {
    line.set(SourceColumn.PRS_REM_TAU, rate(random, line));
  }

  private static int rate(SplittableRandom random, Line line) {
    int usual = line.service().rate();
    if (!line.service().family().isCare()) {
      return usual;
    }
    if (line.type().isSupplementaryShare()) {
      return odd(random, share(line.type(), usual), 12);
    }
    return odd(random, exempt(random, line) ? FULL : usual, 25);
  }

  /** What the legal share leaves, or the local scheme's usual part of it. */
  private static int share(RowType type, int usual) {
    int left = usual >= FULL ? FULL : FULL - usual;
    if (type == RowType.ALSACE_MOSELLE && usual < FULL) {
      return Math.max(0, left - 10_00);
    }
    return left;
  }

  private static boolean exempt(SplittableRandom random, Line line) {
    return switch (line.code(SourceColumn.EXO_MTF)) {
      case 0, 41, 43, 45, 47 -> random.nextInt(100) < 9;
      case 20, 62 -> random.nextInt(100) < 80;
      case 99 -> random.nextInt(100) < 43;
      default -> random.nextInt(100) < 97;
    };
  }

  /** A few rates are weighted by several acts or reduced by a ceiling, down to two decimals. */
  private static int odd(SplittableRandom random, int rate, int perThousand) {
    int dice = random.nextInt(1000);
    if (dice >= perThousand || rate == 0) {
      return rate;
    }
    if (dice < perThousand / 2) {
      return random.nextInt(1, FULL);
    }
    // Tens of thousands of lines apart, the undocumented rate 999.
    return random.nextInt(2000) == 0 ? UNDOCUMENTED : random.nextInt(1, 20) * 5_00;
  }
}
