package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/**
 * Why a beneficiary pays no share ({@code EXO_MTF}), for rows whose scheme says so: long-term
 * illness grows with age, maternity and work accidents are exempt as such, some acts are.
 */
final class ExemptionDraw {

  /**
   * Share of rows of beneficiaries with a long-term illness, by age band from 0 to 80 and unknown.
   */
  private static final double[] LONG_TERM = {.08, .12, .17, .25, .38, .52, .64, .72, .4};

  private static final String WITH_ILLNESS = "42:480|41:370|44:52|43:46|46:10|45:7|47:1";
  private static final String CARE =
      "0:600|62:60|20:80|30:16|21:6|91:4|51:1|54:1|55:1|56:2|57:1|63:1";
  private static final String HEAVY = "0:350|62:60|20:70|30:30|21:8|91:170|63:20|51:10|54:10";
  private static final String DEDUCTION = "0:330|62:330|20:80|30:12|21:7|91:2";
  private static final String PREVENTION = "0:200|81:350|82:90|30:50|62:20";

  private final CodeDraw care = ofCodes(CARE);
  private final CodeDraw heavy = ofCodes(HEAVY);
  private final CodeDraw deduction = ofCodes(DEDUCTION);
  private final CodeDraw prevention = ofCodes(PREVENTION);
  private final CodeDraw illness = ofCodes(WITH_ILLNESS);
  private final long none = AtomField.EXEMPTION.ofCode(0);
  private final long insurance = AtomField.EXEMPTION.ofCode(10);

  /** The field's bits. */
  long draw(SplittableRandom random, ServiceFamily family, int ageIndex, int insuranceCode) {
    if (insuranceCode == 30 || insuranceCode == 40) {
      return random.nextInt(100) < 96 ? insurance : none;
    }
    if (family.name().endsWith("prevention")) {
      return AtomField.EXEMPTION.ofIndex(prevention.draw(random));
    }
    CodeDraw others =
        switch (family.kind()) {
          case PARTICIPATION -> deduction;
          case HOSPITAL -> heavy;
          default ->
              family.name().equals("surgery") || family.name().equals("anaesthesia") ? heavy : care;
        };
    boolean ill = random.nextDouble() < LONG_TERM[ageIndex];
    return AtomField.EXEMPTION.ofIndex((ill ? illness : others).draw(random));
  }

  private static CodeDraw ofCodes(String list) {
    return CodeDraw.parse(list)
        .toIndices(PublishedCounts.january2024().codes(SourceColumn.EXO_MTF));
  }
}
