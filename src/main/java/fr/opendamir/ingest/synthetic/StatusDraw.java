package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/**
 * What the settlement says of a line besides its places and amounts: quality of the beneficiary,
 * care pathway, budget envelope, recipient of the payment, co-payment scheme, hospital daily
 * charge.
 */
final class StatusDraw {

  /** Share of lines from schemes that send neither counts nor the status of professionals. */
  private static final double OTHER_SCHEMES = 0.096;

  private static final String PATHWAY =
      "3:10663|5:1740|13:1730|1:1610|4:1440|24:1240|0:300|22:1060|7:500|25:430|6:410|28:267|23:264"
          + "|11:188|12:172|2:126|32:102|27:85|8:82|26:21|10:20";

  private final CodeDraw physicians = CodeDraw.parse(PATHWAY + "|31:2700");
  private final CodeDraw children = CodeDraw.parse("33:480|34:390|31:50|5:40|3:40");
  private final CodeDraw childrenElsewhere = CodeDraw.parse("31:860|33:77|34:63");
  private final CodeDraw elsewhere = CodeDraw.parse("31:9500|3:340|0:125|4:20|24:15");
  private final CodeDraw adultQuality = CodeDraw.parse("1:97700|2:1810|3:440|4:50");
  private final CodeDraw childQuality = CodeDraw.parse("3:72000|1:27900|4:90|9:1");
  private final CodeDraw stayCharge = CodeDraw.parse("0:70|2:15|3:13|1:2");

  private final CodeDraw cashRecipient = CodeDraw.parse("11:600|33:290|16:70|17:18|31:4|12:8|15:2");
  private final CodeDraw deductionRecipient = CodeDraw.parse("11:975|16:8|35:10|12:1|17:2");
  private final CodeDraw physicianRecipient =
      CodeDraw.parse("35:620|11:240|36:130|16:5|38:1|17:1|33:3|18:1");
  private final CodeDraw usualRecipient =
      CodeDraw.parse("35:830|36:120|11:43|16:3|38:1|12:0.5|33:3|17:1|15:0.03|19:0.01");
  private final CodeDraw solidarityRecipient = CodeDraw.parse("36:560|35:400|11:35|38:5");
  private final CodeDraw hospitalRecipient = CodeDraw.parse("35:900|36:60|11:30|37:0.01|33:4|16:4");

  void draw(SplittableRandom random, Line line) {
    boolean known = line.type() != RowType.UNKNOWN;
    boolean child = line.code(SourceColumn.AGE_BEN_SNDS) == 0;
    line.set(SourceColumn.BEN_QLT_COD, (child ? childQuality : adultQuality).draw(random));
    line.set(SourceColumn.PRS_PDS_QCP, pathway(line, child).draw(random));
    line.set(SourceColumn.CPT_ENV_TYP, known ? envelope(random, line) : 9);
    line.set(SourceColumn.DRG_AFF_NAT, known ? recipient(random, line).draw(random) : 99);
    line.set(SourceColumn.MTM_NAT, known ? modulation(random, line) : 9);
    line.set(SourceColumn.TOP_PS5_TRG, known ? line.type().isSolidarity() ? 0 : 1 : 9);
    line.set(SourceColumn.ATT_NAT, accident(random, line));
    scheme(random, line);
  }

  private CodeDraw pathway(Line line, boolean child) {
    if (line.isPhysician()) {
      return child ? children : physicians;
    }
    return child ? childrenElsewhere : elsewhere;
  }

  private static int envelope(SplittableRandom random, Line line) {
    RowType type = line.type();
    if (type.isSolidarity()) {
      return 7;
    }
    if (type == RowType.ALSACE_MOSELLE) {
      return 8;
    }
    ServiceFamily family = line.service().family();
    return switch (family.name()) {
      case "pension", "annuity", "death" -> 3;
      case "dentalprevention", "prevention" -> random.nextInt(100) < 60 ? 4 : 1;
      case "social" -> random.nextInt(100) < 40 ? 0 : 5;
      case "stay", "daily", "hospitalpharmacy", "staypart" -> 2;
      default -> line.facility().sector() == 1 && random.nextInt(100) < 72 ? 2 : 1;
    };
  }

  private CodeDraw recipient(SplittableRandom random, Line line) {
    if (line.type().isSolidarity()
        || (line.code(SourceColumn.BEN_CMU_TOP) == 1 && random.nextInt(100) < 50)) {
      return solidarityRecipient;
    }
    return switch (line.service().family().kind()) {
      case PARTICIPATION -> deductionRecipient;
      case CASH -> cashRecipient;
      case HOSPITAL -> hospitalRecipient;
      case FLAT -> solidarityRecipient;
      case CARE ->
          line.isPhysician() || line.code(SourceColumn.PSE_ACT_SNDS) == 19
              ? physicianRecipient
              : usualRecipient;
    };
  }

  private static int modulation(SplittableRandom random, Line line) {
    if (line.type() == RowType.ALSACE_MOSELLE) {
      return random.nextInt(200) == 0 ? 4 : 2;
    }
    int dice = random.nextInt(1000);
    if (line.code(SourceColumn.BEN_RES_REG) == 44) {
      return dice < 360 ? 2 : dice < 390 ? 3 : dice < 391 ? 4 : 0;
    }
    int age = line.code(SourceColumn.AGE_BEN_SNDS);
    return age >= 60 && dice < 50 ? 1 : dice < 3 ? 2 : 0;
  }

  private static int accident(SplittableRandom random, Line line) {
    if (line.code(SourceColumn.ASU_NAT) != 40) {
      return 0;
    }
    int dice = random.nextInt(10_000);
    return dice < 96 ? 1 : dice < 152 ? 3 : dice < 199 ? 2 : 0;
  }

  private void scheme(SplittableRandom random, Line line) {
    if (random.nextDouble() < OTHER_SCHEMES) {
      line.set(SourceColumn.PRS_FJH_TYP, 8);
      line.set(SourceColumn.PSE_STJ_SNDS, 9);
      line.set(SourceColumn.PSP_STJ_SNDS, 9);
      return;
    }
    boolean stay = line.service().family().name().equals("daily");
    line.set(SourceColumn.PRS_FJH_TYP, stay ? stayCharge.draw(random) : 0);
    boolean salaried = line.code(SourceColumn.PSE_ACT_CAT) == 0;
    line.set(SourceColumn.PSE_STJ_SNDS, salaried ? 2 : random.nextInt(1600) == 0 ? 8 : 1);
  }
}
