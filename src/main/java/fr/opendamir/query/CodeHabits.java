package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.ReservedCodes;
import fr.opendamir.question.Suggestions;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Suggests codes for a value that is not a code of the level. It recognizes forms from other code
 * lists: leading zeros, department numbers, former regions, words. The results are suggestions
 * only; they are never applied to a question.
 */
final class CodeHabits {
  private static final int MOST = 3;
  private static final int LONGEST = 64;
  private static final int OLDEST = 130;
  private static final Pattern MONTHS =
      Pattern.compile("\\D*(\\d{1,3})(?:\\D+(\\d{1,3}))?+(\\+|_plus|)\\D*");

  /**
   * Department numbers, by region code of the DAMIR files. The next two maps have INSEE regions
   * that the files merge, former regions, and abbreviations.
   */
  private static final Map<String, String> DEPARTMENTS =
      Map.ofEntries(
          Map.entry("5", "971 972 973 974 975 976 977 978 986 987 988 97 98"),
          Map.entry("11", "75 77 78 91 92 93 94 95"),
          Map.entry("24", "18 28 36 37 41 45"),
          Map.entry("27", "21 25 39 58 70 71 89 90"),
          Map.entry("28", "14 27 50 61 76"),
          Map.entry("32", "02 59 60 62 80"),
          Map.entry("44", "08 10 51 52 54 55 57 67 68 88"),
          Map.entry("52", "44 49 53 72 85"),
          Map.entry("53", "22 29 35 56"),
          Map.entry("75", "16 17 19 23 24 33 40 47 64 79 86 87"),
          Map.entry("76", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
          Map.entry("84", "01 03 07 15 26 38 42 43 63 69 73 74"),
          Map.entry("93", "04 05 06 13 20 2A 2B 83 84"));

  private static final Map<String, String> REGIONS =
      Map.of("5", "01 02 03 04 06", "93", "94 COR PACA PAC", "11", "IDF", "84", "ARA");

  private static final Map<String, String> MORE_REGIONS =
      Map.ofEntries(
          Map.entry("24", "CVL"),
          Map.entry("27", "26 43 BFC"),
          Map.entry("28", "23 25 NOR"),
          Map.entry("32", "22 31 HDF"),
          Map.entry("44", "21 41 42 GES"),
          Map.entry("52", "PDL"),
          Map.entry("53", "BRE"),
          Map.entry("75", "54 72 74 NAQ"),
          Map.entry("76", "73 91 OCC"),
          Map.entry("84", "82 83"));

  private static final Map<String, String> SEXES =
      Map.of(
          "1", "M H MALE MAN MEN HOMME HOMMES MASCULIN GARCON",
          "2", "F W FEMALE WOMAN WOMEN FEMME FEMMES FEMININ FILLE");

  private final Catalog catalog;
  private final Level level;
  private final Set<String> undocumented;
  private final Set<String> found = new LinkedHashSet<>();

  private CodeHabits(Catalog catalog, Level level, Set<String> undocumented) {
    this.catalog = catalog;
    this.level = level;
    this.undocumented = undocumented;
  }

  /**
   * Finds at most three codes of the level, the most likely first.
   *
   * @param undocumented codes that occur at the level but are not in its code list
   */
  static List<String> suggest(
      Catalog catalog, Level level, String value, Set<String> undocumented) {
    return value.length() > LONGEST
        ? List.of()
        : new CodeHabits(catalog, level, undocumented).find(value.strip());
  }

  private List<String> find(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    String number = value.replaceFirst("\\.0+$", "").replaceFirst("^0+(?=\\d)", "");
    List<CodeEntry> entries =
        Stream.concat(catalog.codes(level).stream(), catalog.reservedCodes(level).stream())
            .toList();
    List<String> codes =
        Stream.concat(entries.stream().map(CodeEntry::code), undocumented.stream()).toList();
    codes.stream().filter(code -> code.equalsIgnoreCase(value)).forEach(this::add);
    add(number);
    switch (level) {
      case REGION -> {
        String department = upper.length() == 1 ? "0" + upper : upper;
        for (Map<String, String> lists : List.of(REGIONS, DEPARTMENTS, MORE_REGIONS)) {
          lists.forEach((code, others) -> addWhereListed(code, others, department));
          lists.forEach(
              (code, others) -> addWhereListed(code, others, upper.replaceFirst("^FR-", "")));
        }
      }
      case SEX -> SEXES.forEach((code, others) -> addWhereListed(code, others, upper));
      case AGE_BAND -> addAgeBand(value);
      case CARE_LAG -> addLag(value);
      default -> {
        // no special forms
      }
    }
    boolean isNumber = number.matches("\\d+");
    if (!isNumber && value.length() >= 2) {
      addLabelled(value, entries);
      Suggestions.nearest(value, codes.stream().filter(c -> !isZoneOrNumber(c)).toList())
          .forEach(this::add);
    } else if (isNumber) {
      codes.stream().filter(code -> code.startsWith(number)).limit(MOST).forEach(this::add);
    }
    return found.stream().limit(MOST).toList();
  }

  /** Codes of one letter and one digit are too short to be compared by spelling, as numbers are. */
  private static boolean isZoneOrNumber(String code) {
    return isNumber(code) || code.matches("Z\\d");
  }

  static boolean isNumber(String code) {
    return code.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void addLabelled(String value, List<CodeEntry> entries) {
    LabelSearch words = new LabelSearch(value);
    if (!words.isEmpty()) {
      entries.stream()
          .filter(entry -> !entry.code().startsWith(ReservedCodes.GROUP_PREFIX))
          .filter(words::matches)
          .limit(MOST)
          .map(CodeEntry::code)
          .forEach(this::add);
    }
  }

  /** Adds the band of an age, or of the lower bound of a range of ages: 34, 30-39, 30 ans. */
  private void addAgeBand(String value) {
    String age = value.replaceFirst("^\\D*(\\d{1,3}).*$", "$1");
    if (age.matches("\\d{1,3}") && Integer.parseInt(age) < OLDEST) {
      int band = Math.min(80, Integer.parseInt(age) / 10 * 10);
      add(String.valueOf(band < 20 ? 0 : band));
    }
  }

  /** Adds the codes of a number or a range of months, which may be open: 7, 3-5, 6+, 3_5. */
  private void addLag(String value) {
    Matcher months = MONTHS.matcher(value);
    if (months.matches()) {
      int first = Integer.parseInt(months.group(1));
      int last =
          months.group(2) != null
              ? Integer.parseInt(months.group(2))
              : months.group(3).isEmpty() ? first : Integer.MAX_VALUE;
      IntStream.rangeClosed(first, Math.min(last, 5)).mapToObj(String::valueOf).forEach(this::add);
      if (first <= 11 && last >= 6) {
        add("6_11");
      }
      if (last >= 12) {
        add("12_plus");
      }
    }
  }

  private void addWhereListed(String code, String others, String wanted) {
    if (Arrays.asList(others.split(" ", -1)).contains(wanted)) {
      add(code);
    }
  }

  private void add(String code) {
    if (catalog.isListed(level, code) || undocumented.contains(code)) {
      found.add(code);
    }
  }

  /** Formats codes with their labels, for messages. */
  static Label labelled(Catalog catalog, Level level, List<String> codes) {
    return new Label(
        labelled(catalog, level, codes, Language.FR), labelled(catalog, level, codes, Language.EN));
  }

  private static String labelled(
      Catalog catalog, Level level, List<String> codes, Language language) {
    return codes.stream()
        .map(code -> code + " (" + catalog.label(level, code).in(language) + ")")
        .collect(Collectors.joining(", "));
  }
}
