package fr.opendamir.ingest.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A kind of executing facility, with the five variables that always go together.
 *
 * @param category {@code ETE_CAT_SNDS}
 * @param type {@code ETE_TYP_SNDS}
 * @param tariff {@code MFT_COD}
 * @param activityPayment {@code ETE_IND_TAA}
 * @param sector {@code PRS_PPU_SEC}
 * @param weight share of the rows of A202401, per cent, before raking
 */
record Facility(
    int category, int type, int tariff, int activityPayment, int sector, Kind kind, double weight) {

  /** Which services a facility is likely to bill. */
  enum Kind {
    NONE,
    PUBLIC,
    PRIVATE,
    CENTRE,
    TECHNICAL,
    SOCIAL
  }

  /** Community care: no facility at all, 81 % of the rows. */
  static final Facility ABSENT = new Facility(9999, 99, 99, 9, 2, Kind.NONE, 81.1);

  /**
   * Whether the facility bills its professionals' acts itself: they are salaried, and the line
   * names no professional category. In private hospitals they bill on their own account.
   */
  boolean billsActs() {
    return sector == 1 || kind == Kind.CENTRE || kind == Kind.SOCIAL;
  }

  /**
   * {@link #ABSENT} first, then the combinations of {@code facilities.csv}: estimated from the
   * genuine lines and from counts of A202401 that match each other (tariff 4 and type 2, tariff 15
   * and type 3, tariff 7 and type 4, tariff 36 and type 6).
   */
  static List<Facility> list() {
    List<Facility> present =
        ResourceTable.rows("facilities.csv").stream()
            .map(
                row ->
                    new Facility(
                        Integer.parseInt(row.get(0)),
                        Integer.parseInt(row.get(1)),
                        Integer.parseInt(row.get(2)),
                        Integer.parseInt(row.get(3)),
                        Integer.parseInt(row.get(4)),
                        Kind.valueOf(row.get(5).toUpperCase(Locale.ROOT)),
                        Double.parseDouble(row.get(6))))
            .toList();
    return Stream.concat(Stream.of(ABSENT), present.stream()).toList();
  }
}
