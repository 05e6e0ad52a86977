package fr.opendamir.catalog;

import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Code lists, labels and hierarchies, loaded once from the label resources. Immutable and
 * thread-safe.
 */
public final class Catalog {
  private static final Label NOT_DISCLOSED = new Label("Non diffusé", "Not disclosed");
  private static final Label NOT_FILLED = new Label("Non renseigné", "Not filled in");
  private static final Label TOTAL = new Label("Total", "Total");
  private static final Label UNDOCUMENTED = new Label("Code non documenté", "Undocumented code");

  private final Map<Level, Map<String, Label>> labels = new EnumMap<>(Level.class);
  private final Map<Level, Map<String, Validity>> validities = new EnumMap<>(Level.class);
  private final Map<Level, List<Validity>> vintages = new EnumMap<>(Level.class);
  private final Map<Level, List<CodeEntry>> codes = new EnumMap<>(Level.class);
  private final Map<Level, List<CodeEntry>> reservedCodes = new EnumMap<>(Level.class);
  private final Map<Level, LevelDescription> levels = new EnumMap<>(Level.class);
  private final Map<Measure, MeasureDescription> measures = new EnumMap<>(Measure.class);
  private final Hierarchy hierarchy;

  private Catalog(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
  }

  /** Read when it is first asked for: a command and the policy that it reads both need it. */
  private static final class Loaded {
    private static final Catalog CATALOG = read();
  }

  /** The catalog of this version, which is read once; throws if it is not complete. */
  public static Catalog load() {
    return Loaded.CATALOG;
  }

  private static Catalog read() {
    Catalog catalog = new Catalog(new Hierarchy(LabelFiles.read("hierarchy.csv")));
    catalog.readDescriptions();
    for (Level level : Level.values()) {
      List<Map<String, String>> rows =
          level.dimension() == Dimension.MONTH ? List.of() : LabelFiles.read(level.id() + ".csv");
      catalog.labels.put(level, codes(rows));
      catalog.validities.put(level, validities(rows));
      requireListed(level, catalog.hierarchy.parents(level), catalog.labels.get(level).keySet());
    }
    catalog.makeLists();
    return catalog;
  }

  /** Makes the lists of all levels once: binding a question asks for those of its levels. */
  private void makeLists() {
    for (Level level : Level.values()) {
      codes.put(
          level,
          labels.get(level).entrySet().stream()
              .map(
                  code ->
                      new CodeEntry(code.getKey(), code.getValue(), validity(level, code.getKey())))
              .toList());
      vintages.put(
          level,
          validities.get(level).values().stream().distinct().sorted(Validity.ORDER).toList());
      reservedCodes.put(
          level, level.dimension() == Dimension.MONTH ? List.of() : listReserved(level));
    }
  }

  private List<CodeEntry> listReserved(Level level) {
    Stream<String> groups =
        groups(level).stream().flatMap(group -> labels.get(group).keySet().stream());
    return Stream.concat(
            Stream.of(ReservedCodes.NOT_DISCLOSED, ReservedCodes.NOT_FILLED),
            groups.map(ReservedCodes::ofGroup))
        .map(code -> new CodeEntry(code, label(level, code)))
        .toList();
  }

  /**
   * The documented codes of a level in list order, without reserved codes. Empty for months,
   * quarters and years, which depend on the release; periods of care have those without a period.
   */
  public List<CodeEntry> codes(Level level) {
    return codes.get(level);
  }

  /** The months in which a code is in use; always, unless the list of the level says otherwise. */
  public Validity validity(Level level, String code) {
    return validities.get(level).getOrDefault(code, Validity.ALWAYS);
  }

  /**
   * The vintages of a level whose codes were replaced, oldest first; empty for all others. Codes of
   * one vintage cannot be compared with those of another.
   */
  public List<Validity> vintages(Level level) {
    return vintages.get(level);
  }

  /**
   * The codes that any answer may contain at a level in addition to its list: not disclosed, not
   * filled in, and the groups that replace services or exemptions whose detail is not disclosed.
   * Empty for months, quarters and years.
   */
  public List<CodeEntry> reservedCodes(Level level) {
    return reservedCodes.get(level);
  }

  /**
   * Whether {@link #codes} or {@link #reservedCodes} contain the code: a question may use it even
   * if no file holds it.
   */
  public boolean isListed(Level level, String code) {
    return ReservedCodes.group(code)
        .map(group -> groups(level).filter(l -> labels.get(l).containsKey(group)).isPresent())
        .orElseGet(() -> isDocumented(level, code));
  }

  /**
   * Whether the code is in the level's list, reserved, or a period of care. Other codes are
   * imported and reported.
   */
  public boolean isDocumented(Level level, String code) {
    return labels.get(level).containsKey(code)
        || (level.isCarePeriod()
            && (CarePeriods.isPeriod(level, code)
                || CarePeriods.openRange(level, code).isPresent()))
        || ReservedCodes.isNotDisclosed(code)
        || code.equals(ReservedCodes.NOT_FILLED);
  }

  /** Returns the label of any code, including reserved and undocumented ones. */
  public Label label(Level level, String code) {
    Label documented = labels.get(level).get(code);
    if (documented != null) {
      return documented;
    }
    if (code.equals(ReservedCodes.NOT_DISCLOSED)) {
      return NOT_DISCLOSED;
    }
    if (code.equals(ReservedCodes.NOT_FILLED)) {
      return NOT_FILLED;
    }
    if (code.equals(ReservedCodes.TOTAL)) {
      return TOTAL;
    }
    if (level.dimension() == Dimension.MONTH
        || (level.isCarePeriod() && CarePeriods.isPeriod(level, code))) {
      return periodLabel(level.periodForm().orElseThrow(), code);
    }
    return ReservedCodes.group(code)
        .map(group -> groupLabel(level, group))
        .orElseGet(() -> undocumented(code));
  }

  /**
   * Returns the code at a level for a code of the level's dimension: {@code coarser(SERVICE_GROUP,
   * "3313")} is {@code pharmacy}. At the dimension's own level it is the code itself. Reserved
   * codes stay the same, except services that are not filled in, which are undocumented; {@code
   * G:<group>} becomes its group. Periods of care follow from more than one code: see {@link
   * CarePeriods#code}.
   */
  public String coarser(Level level, String code) {
    return hierarchy.coarser(level, code);
  }

  public LevelDescription describe(Level level) {
    return levels.get(level);
  }

  public MeasureDescription describe(Measure measure) {
    return measures.get(measure);
  }

  /**
   * The level whose groups may appear among the codes of a level; empty if its dimension has none.
   */
  private static Optional<Level> groups(Level level) {
    return level.isFinest() ? Level.groupsOf(level.dimension()) : Optional.empty();
  }

  private Label groupLabel(Level level, String group) {
    Label label = label(Level.groupsOf(level.dimension()).orElse(level), group);
    return new Label(label.fr() + " (détail non diffusé)", label.en() + " (detail not disclosed)");
  }

  /**
   * Label of an undocumented code. It includes the code, because an answer may contain several of
   * them.
   */
  private static Label undocumented(String code) {
    return new Label(
        UniqueLabels.with(code, UNDOCUMENTED.fr()), UniqueLabels.with(code, UNDOCUMENTED.en()));
  }

  private static Label periodLabel(Level level, String code) {
    return switch (level) {
      case YEAR -> new Label(code, code);
      case QUARTER -> {
        String year = code.substring(0, 4);
        String quarter = code.substring(code.length() - 1);
        yield new Label("T" + quarter + " " + year, "Q" + quarter + " " + year);
      }
      default -> {
        YearMonth month = YearMonth.parse(code);
        yield new Label(monthName(month, Locale.FRENCH), monthName(month, Locale.ENGLISH));
      }
    };
  }

  private static String monthName(YearMonth month, Locale locale) {
    return month.getMonth().getDisplayName(TextStyle.FULL, locale) + " " + month.getYear();
  }

  private static Map<String, Label> codes(List<Map<String, String>> rows) {
    Map<String, Label> codes = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      String english = row.get("label_en");
      codes.put(
          row.get("code"), new Label(row.get("label_fr"), english.isEmpty() ? null : english));
    }
    return UniqueLabels.of(codes, List.of(NOT_DISCLOSED, NOT_FILLED, TOTAL));
  }

  /** The codes that are not always valid. */
  private static Map<String, Validity> validities(List<Map<String, String>> rows) {
    Map<String, Validity> validities = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      Validity validity = Validity.of(row.get("valid_from"), row.get("valid_to"));
      if (!validity.equals(Validity.ALWAYS)) {
        validities.put(row.get("code"), validity);
      }
    }
    return validities;
  }

  private static void requireListed(Level level, List<String> parents, Set<String> codes) {
    if (!codes.containsAll(parents)) {
      throw new IllegalStateException(
          "hierarchy.csv names a code that is not in the list of " + level);
    }
  }

  private void readDescriptions() {
    for (Map<String, String> row : LabelFiles.read("dimensions.csv")) {
      Level level = Level.find(row.get("id")).orElseThrow();
      levels.put(
          level,
          new LevelDescription(
              row.get("damir"), labelOf(row, "label"), labelOf(row, "description")));
    }
    Map<String, MeasureNotes> notes = new LinkedHashMap<>();
    for (Map<String, String> row : LabelFiles.read("measure_notes.csv")) {
      notes.put(row.get("id"), notes(row));
    }
    for (Map<String, String> row : LabelFiles.read("measures.csv")) {
      measures.put(
          Measure.find(row.get("id")).orElseThrow(),
          new MeasureDescription(
              row.get("damir"),
              row.get("unit"),
              row.get("formula"),
              labelOf(row, "label"),
              labelOf(row, "description"),
              notes.get(row.get("id"))));
    }
    requireAll(
        "measure_notes.csv",
        List.copyOf(notes.keySet()),
        Arrays.stream(Measure.values()).map(Measure::id).toList());
    requireAll("dimensions.csv", new ArrayList<>(levels.keySet()), List.of(Level.values()));
    requireAll("measures.csv", new ArrayList<>(measures.keySet()), List.of(Measure.values()));
  }

  private static MeasureNotes notes(Map<String, String> row) {
    return new MeasureNotes(
        labelOf(row, "numerator"),
        labelOf(row, "denominator"),
        labelOf(row, "caveats"),
        labelOf(row, "why_it_matters"),
        row.get("source"),
        row.get("vintage"),
        row.get("reviewed"));
  }

  private static Label labelOf(Map<String, String> row, String column) {
    return new Label(row.get(column + "_fr"), row.get(column + "_en"));
  }

  private static void requireAll(String file, List<?> found, List<?> wanted) {
    if (!found.equals(wanted)) {
      throw new IllegalStateException(file + " describes " + found + " instead of " + wanted);
    }
  }
}
