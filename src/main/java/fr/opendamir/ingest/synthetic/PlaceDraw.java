package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/**
 * Regions of the fund, the professional and the facility: mostly the one where the patient lives.
 */
final class PlaceDraw {

  static final int UNKNOWN = 99;

  private static final double UNKNOWN_FUND = 0.104;
  private static final double NATIONAL_FUNDS = 0.035;

  private static final int ILE_DE_FRANCE = 11;

  private final CodeDraw professionals = away(1);

  /** Hospitals that draw patients from afar are in Île-de-France more often than people. */
  private final CodeDraw facilities = away(2.6);

  /**
   * Regions one goes to from another: the large ones more than in proportion, as measured in the
   * published shares of the regions of professionals and facilities.
   */
  private static CodeDraw away(double capital) {
    int[] codes = PublishedCounts.january2024().codes(SourceColumn.BEN_RES_REG);
    double[] weights = PublishedCounts.january2024().shares(SourceColumn.BEN_RES_REG);
    for (int i = 0; i < codes.length; i++) {
      weights[i] =
          codes[i] == UNKNOWN
              ? 0
              : StrictMath.pow(weights[i], 1.35) * (codes[i] == ILE_DE_FRANCE ? capital : 1);
    }
    return CodeDraw.of(codes, weights);
  }

  void draw(SplittableRandom random, Line line) {
    int home = line.code(SourceColumn.BEN_RES_REG);
    line.set(SourceColumn.ORG_CLE_REG, fund(random, line, home));
    line.set(
        SourceColumn.ETE_REG_COD, line.hasFacility() ? facilityNear(random, line, home) : UNKNOWN);
    boolean named = line.code(SourceColumn.PSE_ACT_CAT) % 99 != 0 && random.nextInt(1000) >= 7;
    line.set(SourceColumn.EXE_INS_REG, named ? professional(random, line, home) : UNKNOWN);
  }

  private int fund(SplittableRandom random, Line line, int home) {
    if (home == UNKNOWN ? random.nextInt(4) == 0 : random.nextDouble() < UNKNOWN_FUND) {
      return UNKNOWN;
    }
    // The national and occupational funds sit in the capital.
    return random.nextDouble() < NATIONAL_FUNDS
        ? ILE_DE_FRANCE
        : near(random, line, home, 0.04, professionals);
  }

  private int professional(SplittableRandom random, Line line, int home) {
    int facility = line.code(SourceColumn.ETE_REG_COD);
    return facility == UNKNOWN
        ? professionalNear(random, line, home)
        : near(random, line, facility, 0.1, professionals);
  }

  /** Region of a professional whom a patient or professional of the given region turns to. */
  int professionalNear(SplittableRandom random, Line line, int region) {
    return near(random, line, region, 0, professionals);
  }

  /** Region of a facility to which someone of the given region turns. */
  int facilityNear(SplittableRandom random, Line line, int region) {
    return near(random, line, region, 0.02, facilities);
  }

  /**
   * A region near another one. The more lines an atom has, the more of them are far from home,
   * because the lines within the region are few and each exists once.
   */
  private static int near(
      SplittableRandom random, Line line, int region, double bonus, CodeDraw elsewhere) {
    double same = Math.max(0.3, 0.97 - 0.065 * Math.max(0, line.logExpectedLines())) + bonus;
    if (region == UNKNOWN) {
      return elsewhere.draw(random);
    }
    boolean stays = random.nextDouble() < same;
    line.chose(stays, Math.min(1, same));
    return stays ? region : elsewhere.draw(random);
  }
}
