package fr.opendamir.query;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.Cursor;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random questions with grouping, filters, conditions, order, totals and pages, the same in every
 * run.
 */
public final class RandomQuestions {
  private static final Catalog CATALOG = Catalog.load();
  private static final int THRESHOLD = 11;
  private static final int SEED = 18;
  private static final int QUESTIONS = 20;
  private static final int QUESTIONS_OF_CARE = 8;
  private static final String RELEASE = "2025-01-15.1";
  private static final long PAGE_2 = 20;

  /** Levels with codes that are frequent in the segments. */
  private static final Map<Level, List<String>> CODES =
      Map.of(
          Level.REGION, List.of("11", "44", "75", "76", "84", "93"),
          Level.AGE_BAND, List.of("0", "20", "40", "60", "70"),
          Level.SERVICE_CODE, List.of("1112", "1116", "1126", "1103", "1351"),
          Level.SERVICE_GROUP, List.of("consultations", "pharmacy", "nursing", "dental"),
          Level.EXEMPTION_GROUP, List.of("none", "long_term_illness", "other"),
          Level.FACILITY_TYPE, List.of("1", "4", "99"));

  private static final List<Level> STORED =
      Stream.of(Level.values()).filter(level -> level.stored() == level).toList();

  /** Levels that engines derive from others, with codes of months of 2024. */
  private static final Map<Level, List<String>> DERIVED =
      Map.of(
          Level.AGE_GROUP, List.of("0_19", "20_39", "60_plus", "unknown"),
          Level.CARE_MONTH, List.of("2023-11", "2023-12", "2024-03", "2024-04", "older"),
          Level.CARE_QUARTER, List.of("2023-Q4", "2024-Q1", "2024-Q3", "unknown"),
          Level.CARE_YEAR, List.of("2023", "2024", "older", "ND"));

  private static final List<String> TOTALS = List.of("none", "none", "grand", "rollup");

  private RandomQuestions() {}

  /** The questions as parameters of an address; {@code page=2} stands for a cursor. */
  public static List<String> all() {
    Random random = new Random(SEED);
    return Stream.concat(
            Stream.generate(() -> draw(STORED, CODES, random)).limit(QUESTIONS),
            Stream.generate(() -> drawOfCare(random)).limit(QUESTIONS_OF_CARE))
        .toList();
  }

  private static String drawOfCare(Random random) {
    List<Level> levels = new ArrayList<>(DERIVED.keySet().stream().sorted().toList());
    levels.addAll(List.of(Level.MONTH_OF_PROCESSING, Level.REGION));
    return draw(levels, DERIVED, random);
  }

  /** Renders a question over the blocks of imports. */
  public static PreparedQuestion prepare(
      String parameters, SourceTables tables, List<ReleaseImport> imports) {
    String first = parameters.replace("&page=2", "");
    Question question = parse(first);
    if (!first.equals(parameters)) {
      question = parse(first + "&cursor=" + Cursor.after(question, RELEASE, PAGE_2).encode());
    }
    return AggregateSql.page(
        question,
        new Rendering(tables, CATALOG, THRESHOLD),
        new QuestionPlan(List.of(QuestionPlan.Source.blocks(imports))),
        Optional.empty());
  }

  private static Question parse(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.EN).inFormat(false);
  }

  private static String draw(List<Level> possible, Map<Level, List<String>> codes, Random random) {
    List<Level> levels = Draws.some(possible, random.nextInt(5), random);
    List<Measure> measures = Draws.some(RandomCell.MEASURES, 1 + random.nextInt(4), random);
    List<String> parameters = new ArrayList<>();
    parameters.add("group_by=" + levels.stream().map(Level::id).collect(joining(",")));
    parameters.add("measures=" + measures.stream().map(Measure::id).collect(joining(",")));
    for (Level level :
        Draws.some(
            List.copyOf(codes.keySet()).stream().sorted().toList(), random.nextInt(3), random)) {
      parameters.add(
          level.id()
              + (random.nextInt(4) == 0 ? "=!" : "=")
              + String.join(",", Draws.some(codes.get(level), 1 + random.nextInt(3), random)));
    }
    Measure measure = measures.get(0);
    if (random.nextInt(3) == 0) {
      parameters.add("having=" + measure.id() + (random.nextBoolean() ? ":gt:0.5" : ":ne:0"));
    }
    if (random.nextBoolean()) {
      parameters.add("sort=" + (random.nextBoolean() ? "-" : "") + measure.id());
    }
    parameters.add("totals=" + TOTALS.get(random.nextInt(TOTALS.size())));
    if (random.nextInt(4) == 0) {
      parameters.add("page=2");
    }
    return String.join("&", parameters);
  }
}
