package fr.opendamir.attack;

import fr.opendamir.testing.RawMonth;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A month with many small cells beside large ones, the same at every run, and its truth.
 *
 * <ul>
 *   <li><b>common</b> services: large everywhere, now and then a few acts by an unusual specialty;
 *   <li><b>narrow</b> services: one specialty, so that a region and an age band are one atom or
 *       two, and one atom in five is small;
 *   <li><b>rare</b> services: a few regions only;
 *   <li>one service of which men and women are both just under the threshold;
 *   <li>one code of most dimensions that occurs a few times in the whole month.
 * </ul>
 *
 * <p>Every service is one whose acts are people and has one tariff, which an attacker knows.
 */
final class SmallCellsMonth {
  static final List<String> NARROW =
      List.of("1104", "1105", "1109", "1114", "1115", "1118", "1312", "1320");

  private static final long SEED = 20240117;
  private static final List<String> COMMON = List.of("1110", "1111", "1112", "1113", "1117");

  /** The service of {@link #couplesAtTheLimit}. */
  private static final String COUPLES = "1318";

  private static final List<String> RARE = List.of("1122", "1140", "1311", "1316", "1321", "1331");

  /** The tariffs that anybody can look up. */
  static final Map<String, BigDecimal> TARIFFS = tariffs();

  private static final List<String> REGIONS =
      List.of("5", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93");
  private static final List<String> AGES = List.of("0", "20", "30", "40", "50", "60", "70", "80");
  private static final List<String> SEXES = List.of("1", "2");
  private static final List<String> SPECIALTIES = List.of("1", "3", "5", "7", "12", "15", "32");
  private static final List<String> UNUSUAL = List.of("8", "9", "13", "14", "35", "42");

  /** How often a small atom has 1, 2, … 10 acts: skewed as in real months. */
  private static final int[] SMALL_WEIGHTS = {18, 15, 13, 11, 10, 8, 7, 7, 6, 5};

  /** Public dimension and the column of the file that holds it. */
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("region", "BEN_RES_REG"),
          Map.entry("age_band", "AGE_BEN_SNDS"),
          Map.entry("sex", "BEN_SEX_COD"),
          Map.entry("service", "PRS_NAT"),
          Map.entry("provider_specialty", "PSE_SPE_SNDS"),
          Map.entry("provider_activity", "PSE_ACT_SNDS"),
          Map.entry("exemption", "EXO_MTF"),
          Map.entry("insurance", "ASU_NAT"),
          Map.entry("facility_type", "ETE_TYP_SNDS"),
          Map.entry("supplement", "CPL_COD"),
          Map.entry("complementary_cover", "BEN_CMU_TOP"));

  private final Random random = new Random(SEED);
  private final List<TrueLine> lines = new ArrayList<>();

  private SmallCellsMonth() {}

  /** The first edition of the month. */
  static Truth truth() {
    SmallCellsMonth month = new SmallCellsMonth();
    month.commonServices();
    month.narrowServices();
    month.rareServices();
    month.couplesAtTheLimit();
    month.codesOfAFewLines();
    month.reversals();
    return new Truth(month.lines);
  }

  static List<String> dimensions() {
    return COLUMNS.keySet().stream().sorted().toList();
  }

  /** Writes a month's file. */
  static Path write(Truth truth, Path folder, String name) {
    RawMonth file = new RawMonth("202401");
    for (TrueLine line : truth.lines()) {
      String[] columns =
          line.codes().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .flatMap(code -> List.of(COLUMNS.get(code.getKey()), code.getValue()).stream())
              .toArray(String[]::new);
      file.line(
          line.quantity(),
          line.charged().toPlainString(),
          line.reimbursed().toPlainString(),
          columns);
    }
    return file.writeTo(folder, name);
  }

  /** A line of so many acts at the tariff of its service, 70 % of which is reimbursed. */
  static TrueLine line(Map<String, String> codes, long quantity) {
    BigDecimal charged = TARIFFS.get(codes.get("service")).multiply(BigDecimal.valueOf(quantity));
    return new TrueLine(
        codes, quantity, charged, charged.multiply(new BigDecimal("0.70")).setScale(2));
  }

  private void commonServices() {
    for (String service : COMMON) {
      String main = SPECIALTIES.get(COMMON.indexOf(service));
      for (String region : REGIONS) {
        for (String age : AGES) {
          for (String sex : SEXES) {
            Map<String, String> codes = person(region, age, sex, service, main);
            split(codes, 20 + skewed(400));
            if (happens(0.30)) {
              split(with(codes, "exemption", "42"), 1 + skewed(80));
            }
            if (happens(0.22)) {
              add(with(codes, "provider_specialty", pick(UNUSUAL)), small());
            }
            if (happens(0.08)) {
              add(with(codes, "complementary_cover", "1"), small());
            }
          }
        }
      }
    }
  }

  private void narrowServices() {
    for (String service : NARROW) {
      String main = pick(SPECIALTIES);
      for (String region : REGIONS) {
        for (String age : AGES) {
          for (String sex : SEXES) {
            Map<String, String> codes = person(region, age, sex, service, main);
            double lot = random.nextDouble();
            if (lot < 0.20) {
              add(codes, small());
            } else if (lot < 0.80) {
              split(codes, 11 + skewed(120));
            }
          }
        }
      }
    }
  }

  private void rareServices() {
    for (String service : RARE) {
      for (String region : REGIONS) {
        Map<String, String> codes =
            person(region, pick(AGES), pick(SEXES), service, pick(SPECIALTIES));
        if (happens(0.15)) {
          add(codes, small());
        } else {
          split(codes, 12 + skewed(60));
          split(with(codes, "age_band", pick(AGES)), 12 + skewed(60));
        }
      }
    }
  }

  /** Men and women both just under the threshold: together they are safe, but just. */
  private void couplesAtTheLimit() {
    for (String region : REGIONS) {
      for (String age : AGES) {
        if (happens(0.5)) {
          long most = happens(0.5) ? 10 : 11 - small();
          add(person(region, age, "1", COUPLES, "1"), most);
          add(person(region, age, "2", COUPLES, "1"), happens(0.5) ? most : 11 - small());
        } else {
          split(person(region, age, "1", COUPLES, "1"), 15 + skewed(60));
          split(person(region, age, "2", COUPLES, "1"), 15 + skewed(60));
        }
      }
    }
  }

  /** In a table of one dimension these are the only small cells, each alone in its table. */
  private void codesOfAFewLines() {
    Map<String, String> codes = person("11", "60", "2", "1110", "1");
    fewActs(codes, "region", "99", 7);
    fewActs(codes, "age_band", "99", 4);
    fewActs(codes, "sex", "9", 6);
    fewActs(codes, "service", "1147", 5);
    fewActs(codes, "provider_specialty", "38", 3);
    fewActs(codes, "provider_activity", "29", 8);
    fewActs(codes, "exemption", "57", 2);
    fewActs(codes, "insurance", "50", 3);
    fewActs(codes, "facility_type", "6", 9);
    fewActs(codes, "supplement", "3", 10);
    fewActs(codes, "complementary_cover", "9", 1);
  }

  private void fewActs(Map<String, String> codes, String dimension, String code, long quantity) {
    for (long i = 0; i < quantity; i++) {
      add(with(with(codes, "region", pick(REGIONS)), dimension, code), 1);
    }
  }

  /** An act in a hundred is taken back later, under the codes of a line that has plenty. */
  private void reversals() {
    List<TrueLine> large = lines.stream().filter(line -> line.quantity() > 40).toList();
    for (int i = 0; i < 60; i++) {
      add(large.get(random.nextInt(large.size())).codes(), -1L - random.nextInt(2));
    }
  }

  private static Map<String, String> person(
      String region, String age, String sex, String service, String specialty) {
    Map<String, String> codes = new TreeMap<>();
    codes.put("region", region);
    codes.put("age_band", age);
    codes.put("sex", sex);
    codes.put("service", service);
    codes.put("provider_specialty", specialty);
    codes.put("provider_activity", "0");
    codes.put("exemption", "0");
    codes.put("insurance", "10");
    codes.put("facility_type", "0");
    codes.put("supplement", "0");
    codes.put("complementary_cover", "0");
    return codes;
  }

  private static Map<String, String> with(
      Map<String, String> codes, String dimension, String code) {
    Map<String, String> changed = new TreeMap<>(codes);
    changed.put(dimension, code);
    return changed;
  }

  /** Several lines of one atom, as files have them. */
  private void split(Map<String, String> codes, long quantity) {
    long rest = quantity;
    while (rest > 20 && happens(0.8)) {
      long part = 1L + random.nextInt(20);
      add(codes, part);
      rest -= part;
    }
    add(codes, rest);
  }

  private void add(Map<String, String> codes, long quantity) {
    lines.add(line(codes, quantity));
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private String pick(List<String> codes) {
    return codes.get(random.nextInt(codes.size()));
  }

  /** Mostly little, sometimes as much as said. */
  private long skewed(int most) {
    double lot = random.nextDouble();
    return Math.round(most * lot * lot * lot);
  }

  private long small() {
    int lot = random.nextInt(100);
    int acts = 0;
    while (lot >= SMALL_WEIGHTS[acts]) {
      lot -= SMALL_WEIGHTS[acts];
      acts++;
    }
    return acts + 1L;
  }

  private static Map<String, BigDecimal> tariffs() {
    Map<String, BigDecimal> tariffs = new TreeMap<>();
    tariffs.put("1110", new BigDecimal("30.00"));
    tariffs.put("1111", new BigDecimal("26.50"));
    tariffs.put("1112", new BigDecimal("31.50"));
    tariffs.put("1113", new BigDecimal("47.50"));
    tariffs.put("1117", new BigDecimal("60.00"));
    tariffs.put("1147", new BigDecimal("5.00"));
    List<String> others = new ArrayList<>(NARROW);
    others.addAll(RARE);
    others.add(COUPLES);
    for (int i = 0; i < others.size(); i++) {
      tariffs.put(others.get(i), new BigDecimal("38.00").add(new BigDecimal(i)));
    }
    return Map.copyOf(tariffs);
  }
}
