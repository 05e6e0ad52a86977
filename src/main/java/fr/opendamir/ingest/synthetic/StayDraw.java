package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/** How the patient was treated in the facility, and what the line says when there is none. */
final class StayDraw {

  private static final int UNDIFFERENTIATED = 121;

  private final CodeDraw disciplines =
      CodeDraw.parse(
          "60:76|43:64|11:62|42:60|21:46|71:29|13:24|14:23|41:10|45:9|92:7|15:7|30:3|83:2|44:2|48:1"
              + "|85:1|46:1|72:1|12:1|22:1|91:1|81:1");
  private final CodeDraw activities =
      CodeDraw.parse("90:400|77:390|67:120|88:50|79:25|83:35|68:2|80:1");

  void draw(SplittableRandom random, Line line) {
    if (!line.hasFacility()) {
      line.set(SourceColumn.MDT_TYP_COD, 9);
      line.set(SourceColumn.DDP_SPE_COD, line.type() == RowType.UNKNOWN ? 0 : UNDIFFERENTIATED);
      line.set(SourceColumn.ETB_DCS_MCO, 'Z');
      return;
    }
    String family = line.service().family().name();
    boolean hospital = line.service().family().kind() == ServiceFamily.Kind.HOSPITAL;
    line.set(SourceColumn.MDT_TYP_COD, treatment(random, hospital));
    line.set(SourceColumn.DDP_SPE_COD, discipline(random, line, hospital, family));
    line.set(SourceColumn.ETB_DCS_MCO, activity(random, line));
  }

  private static int treatment(SplittableRandom random, boolean hospital) {
    int dice = random.nextInt(1000);
    if (hospital) {
      return dice < 260 ? 1 : dice < 880 ? 2 : dice < 882 ? 3 : 9;
    }
    return dice < 22 ? 1 : dice < 100 ? 2 : 9;
  }

  private int discipline(SplittableRandom random, Line line, boolean hospital, String family) {
    if (line.type() == RowType.UNKNOWN || !hospital || random.nextInt(100) < 25) {
      return 0;
    }
    return family.equals("techfee") ? 16 : disciplines.draw(random);
  }

  /** The letters of {@code ETB_DCS_MCO}, by what genuine lines of such facilities show. */
  private int activity(SplittableRandom random, Line line) {
    return switch (line.facility().kind()) {
      case CENTRE -> random.nextInt(100) < 55 ? 'X' : 'Z';
      case TECHNICAL -> 'Z';
      case SOCIAL -> random.nextInt(100) < 20 ? 'D' : 'Z';
      default ->
          line.code(SourceColumn.PSE_ACT_SNDS) == 19
              ? 'N'
              : line.code(SourceColumn.PSE_ACT_SNDS) == 21 ? 'O' : activities.draw(random);
    };
  }
}
