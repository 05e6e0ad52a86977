package fr.opendamir.testing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/**
 * A month of many blocks, drawn from a seed: enough of them that sums of blocks are worth storing.
 *
 * <p>Nearly every line is a block by itself. Some are small, so that codes are not disclosed; some
 * take back what another line says but for a few acts, so that there are cells to suppress; some
 * are of services without care, which scoped measures leave out.
 */
public final class ManyBlocks {
  private static final List<String> REGIONS =
      List.of("5", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93");
  private static final List<String> AGES = List.of("0", "20", "30", "40", "50", "60", "70", "80");
  private static final List<String> SEXES = List.of("1", "2");

  /** Consultations, pharmacy, sick pay and participations. */
  private static final List<String> SERVICES =
      List.of("1110", "1111", "1112", "1312", "3313", "3311", "6111", "1951");

  private static final List<String> SPECIALTIES = List.of("1", "3", "5", "12");
  private static final List<String> EXEMPTIONS = List.of("0", "42", "45");
  private static final List<String> INSURANCES = List.of("10", "30");

  private final Random random;
  private final RawMonth month;

  private ManyBlocks(String month, long seed) {
    this.random = new Random(seed);
    this.month = new RawMonth(month);
  }

  /** A month of about so many blocks. */
  public static RawMonth month(String month, int lines, long seed) {
    ManyBlocks blocks = new ManyBlocks(month, seed);
    for (int i = 0; i < lines; i++) {
      blocks.line();
    }
    return blocks.month;
  }

  private void line() {
    String[] codes = codes();
    int lot = random.nextInt(100);
    if (lot < 4) {
      add(1 + random.nextInt(6), codes);
    } else if (lot < 12) {
      // What is taken back is a block of its own: it differs by sex.
      long acts = 300L + random.nextInt(300);
      add(acts + 1 + random.nextInt(10), codes);
      codes[5] = codes[5].equals("1") ? "2" : "1";
      add(-acts, codes);
    } else {
      add(300 + random.nextInt(3_000), codes);
    }
  }

  private void add(long quantity, String... codes) {
    long cents = quantity * (1_000 + random.nextInt(4_000)) + random.nextInt(100);
    String[] all = new String[codes.length + 2];
    System.arraycopy(codes, 0, all, 0, codes.length);
    all[codes.length] = "FLT_DEP_MNT";
    all[codes.length + 1] = euros(cents / 9);
    month.line(quantity, euros(cents), euros(cents * 7 / 10), all);
  }

  private String[] codes() {
    return new String[] {
      "BEN_RES_REG",
      pick(REGIONS),
      "AGE_BEN_SNDS",
      pick(AGES),
      "BEN_SEX_COD",
      pick(SEXES),
      "PRS_NAT",
      pick(SERVICES),
      "PSE_SPE_SNDS",
      pick(SPECIALTIES),
      "EXO_MTF",
      random.nextInt(3) == 0 ? pick(EXEMPTIONS) : "0",
      "ASU_NAT",
      random.nextInt(4) == 0 ? pick(INSURANCES) : "10",
    };
  }

  private String pick(List<String> codes) {
    return codes.get(random.nextInt(codes.size()));
  }

  private static String euros(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }
}
