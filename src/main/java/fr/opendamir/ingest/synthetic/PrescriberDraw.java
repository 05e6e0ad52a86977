package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who prescribed: the executing professional, another physician, a facility or nobody. A facility
 * has a region and category of its own and no professional region; a professional the other way
 * round.
 */
final class PrescriberDraw {

  private static final int NO_CATEGORY = 9999;

  private final PlaceDraw places;
  private final CodeDraw facilityCategories = withoutCode(SourceColumn.ETP_CAT_SNDS, NO_CATEGORY);
  private final CodeDraw specialists = specialists();
  private final CodeDraw otherActivities =
      CodeDraw.parse("19:330|21:260|24:290|50:260|27:80|26:18|29:4|60:1");

  PrescriberDraw(PlaceDraw places) {
    this.places = places;
  }

  /**
   * Specialties of prescribers other than the executing physician, who prescribes for himself:
   * hence fewer radiologists and surgeons than published, and more general practitioners.
   */
  private static CodeDraw specialists() {
    int[] codes = PublishedCounts.january2024().codes(SourceColumn.PSP_SPE_SNDS);
    double[] shares = PublishedCounts.january2024().shares(SourceColumn.PSP_SPE_SNDS);
    for (int i = 0; i < codes.length; i++) {
      shares[i] *=
          switch (codes[i]) {
            case 0 -> 0;
            case 1 -> 1.33;
            case 4, 7, 15 -> 0.85;
            case 3 -> 0.9;
            case 6 -> 0.4;
            default -> 1;
          };
    }
    return CodeDraw.of(codes, shares);
  }

  private static CodeDraw withoutCode(SourceColumn column, int left) {
    int[] codes = PublishedCounts.january2024().codes(column);
    double[] shares = PublishedCounts.january2024().shares(column);
    int position = Arrays.binarySearch(codes, left);
    shares[position] = 0;
    return CodeDraw.of(codes, shares);
  }

  void draw(SplittableRandom random, Line line) {
    int activity = line.code(SourceColumn.PSE_ACT_SNDS);
    int category = line.code(SourceColumn.PSE_ACT_CAT);
    int dice = random.nextInt(1000);
    if (category == 0) {
      billedByFacility(random, line, activity, dice);
    } else if (line.isPhysician()) {
      physicianExecutor(random, line, dice);
    } else if (activity == 19) {
      if (dice < 940) {
        other(random, line, 19);
      } else {
        physician(random, line);
      }
    } else if (category == 99) {
      if (dice < 150) {
        nobody(line);
      } else if (dice < 350) {
        facility(random, line);
      } else {
        physician(random, line);
      }
    } else if (dice < 500) {
      facility(random, line);
    } else if (dice < 967) {
      physician(random, line);
    } else {
      other(random, line, otherActivities.draw(random));
    }
  }

  private void physicianExecutor(SplittableRandom random, Line line, int dice) {
    if (line.hasFacility() && dice < 350) {
      nobody(line);
    } else if (dice < 850) {
      int region = line.code(SourceColumn.EXE_INS_REG);
      professional(random, line, 0, 1, line.code(SourceColumn.PSE_SPE_SNDS));
      line.set(SourceColumn.PRE_INS_REG, region);
    } else if (dice < 920) {
      facility(random, line);
    } else {
      physician(random, line);
    }
  }

  private void billedByFacility(SplittableRandom random, Line line, int activity, int dice) {
    boolean hospitalService = activity == 0 && !line.isPhysician();
    if (dice < (hospitalService ? 550 : 130)) {
      nobody(line);
    } else if (dice < 860) {
      int specialty =
          line.isPhysician() && dice < 700
              ? line.code(SourceColumn.PSE_SPE_SNDS)
              : specialty(random);
      facility(random, line);
      line.set(SourceColumn.PSP_SPE_SNDS, activity == 19 ? 0 : specialty);
      line.set(SourceColumn.PSP_ACT_SNDS, activity == 19 || activity == 21 ? activity : 0);
      if (dice < 800) {
        line.set(SourceColumn.ETP_CAT_SNDS, line.code(SourceColumn.ETE_CAT_SNDS));
        line.set(SourceColumn.ETP_REG_COD, line.code(SourceColumn.ETE_REG_COD));
      }
    } else {
      physician(random, line);
    }
  }

  private void nobody(Line line) {
    professionalCodes(line, 0, 99, 0, 9);
    line.set(SourceColumn.PRE_INS_REG, PlaceDraw.UNKNOWN);
    noFacility(line);
  }

  private void physician(SplittableRandom random, Line line) {
    professional(random, line, 0, 1, specialty(random));
  }

  private void other(SplittableRandom random, Line line, int activity) {
    int category =
        switch (activity) {
          case 19 -> 4;
          case 21 -> 5;
          case 24 -> 6;
          case 26 -> 7;
          case 27 -> 8;
          case 28, 29 -> 9;
          default -> 2;
        };
    professional(random, line, activity, category, 0);
  }

  private void professional(
      SplittableRandom random, Line line, int activity, int category, int specialty) {
    professionalCodes(line, activity, category, specialty, random.nextInt(100) < 2 ? 8 : 1);
    boolean named = random.nextInt(100) >= 4;
    line.set(
        SourceColumn.PRE_INS_REG,
        named ? places.professionalNear(random, line, around(line)) : PlaceDraw.UNKNOWN);
    noFacility(line);
  }

  private void facility(SplittableRandom random, Line line) {
    int specialty = random.nextInt(100) < 19 ? 0 : specialty(random);
    int activity = specialty == 0 && random.nextInt(100) < 7 ? 21 : 0;
    professionalCodes(line, activity, 0, specialty, random.nextInt(100) < 4 ? 9 : 2);
    line.set(SourceColumn.PRE_INS_REG, PlaceDraw.UNKNOWN);
    if (random.nextInt(1000) < 30) {
      line.set(SourceColumn.PRE_INS_REG, places.professionalNear(random, line, around(line)));
    }
    line.set(SourceColumn.ETP_REG_COD, places.facilityNear(random, line, around(line)));
    line.set(
        SourceColumn.ETP_CAT_SNDS,
        random.nextInt(1000) < 37 ? NO_CATEGORY : facilityCategories.draw(random));
  }

  private static int around(Line line) {
    int professional = line.code(SourceColumn.EXE_INS_REG);
    return professional == PlaceDraw.UNKNOWN ? line.code(SourceColumn.BEN_RES_REG) : professional;
  }

  private int specialty(SplittableRandom random) {
    return specialists.draw(random);
  }

  private static void noFacility(Line line) {
    line.set(SourceColumn.ETP_REG_COD, PlaceDraw.UNKNOWN);
    line.set(SourceColumn.ETP_CAT_SNDS, NO_CATEGORY);
  }

  private static void professionalCodes(
      Line line, int activity, int category, int specialty, int status) {
    line.set(SourceColumn.PSP_ACT_SNDS, activity);
    line.set(SourceColumn.PSP_ACT_CAT, category);
    line.set(SourceColumn.PSP_SPE_SNDS, specialty);
    line.set(SourceColumn.PSP_STJ_SNDS, status);
  }
}
