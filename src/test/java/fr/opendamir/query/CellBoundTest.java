package fr.opendamir.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.CarePeriods;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.question.Comparison;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cells of random questions to random blocks are counted one by one, and never exceed the bound.
 */
class CellBoundTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final int QUESTIONS = 200;
  private static final int BLOCKS = 60;
  private static final YearMonth FIRST = YearMonth.of(2023, 1);
  private static final YearMonth FIRST_ASKED = YearMonth.of(2024, 1);
  private static final int MONTHS = 18;

  /** Codes of blocks; some are in no list. */
  private static final Map<Dimension, List<String>> CODES =
      Map.of(
          Dimension.CARE_LAG, List.of("0", "1", "5", "6_11", "12_plus", "unknown", "ND"),
          Dimension.REGION, List.of("11", "84", "Z1", "Z2", "ND"),
          Dimension.AGE_BAND, List.of("0", "20", "30", "60", "99", "ND"),
          Dimension.SEX, List.of("1", "2"),
          Dimension.SERVICE, List.of("1110", "1111", "3313", "99991", "G:pharmacy", "ND"));

  private static final List<Level> LEVELS =
      Arrays.stream(Level.values())
          .filter(
              level -> level.dimension() == Dimension.MONTH || CODES.containsKey(level.dimension()))
          .toList();

  /** A block by the codes of its dimensions. */
  private record Block(YearMonth month, Map<Dimension, String> codes) {
    String code(Level level, int monthsLater) {
      if (level.dimension() == Dimension.MONTH) {
        return CarePeriods.period(level, month.plusMonths(monthsLater));
      }
      String code = codes.get(level.dimension());
      return level.isCarePeriod()
          ? CarePeriods.code(level, month, code)
          : CATALOG.coarser(level, code);
    }

    List<String> codes(Collection<Level> levels, int monthsLater) {
      return levels.stream().map(level -> code(level, monthsLater)).toList();
    }
  }

  private final Map<YearMonth, List<ReleaseImport>> release = new HashMap<>();

  /** By import. */
  private final Map<Long, List<Block>> blocks = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noAnswerHasMoreCells(long seed) {
    Random random = new Random(seed);
    IntStream.range(0, MONTHS).forEach(i -> publish(FIRST.plusMonths(i), random));
    int below = 0;
    int reached = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String parameters = draw(random);
      Question question =
          QuestionParser.parse(Draws.parameters(parameters), Language.EN).inFormat(true);
      QuestionPlan plan = plan(question);
      long bound = CellBound.of(question, plan, counts(question, random));
      int cells = cells(question, plan).size();

      assertThat(bound).as(parameters).isGreaterThanOrEqualTo(cells);
      below += bound < plan.mostCells() ? 1 : 0;
      reached += bound == cells ? 1 : 0;
    }
    assertThat(below).isGreaterThan(QUESTIONS / 10);
    assertThat(reached).isGreaterThan(QUESTIONS / 20);
  }

  /** Of a month one import or, with a revision, two; with rollups and segments of some levels. */
  private void publish(YearMonth month, Random random) {
    List<ReleaseImport> imports = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      List<Block> own =
          Stream.generate(() -> block(month, random)).limit(1 + random.nextInt(BLOCKS)).toList();
      Map<Rollup, Long> rollups = new HashMap<>();
      List<Segment> segments = new ArrayList<>();
      for (int id = 0; id < 4; id++) {
        Grouping rollup = grouping(random);
        rollups.put(new Rollup(id, rollup), rows(own, rollup));
        Grouping segment = grouping(random);
        segments.add(new Segment(id, Optional.of(segment), "0".repeat(64), 1, rows(own, segment)));
      }
      long id = blocks.size();
      imports.add(new ReleaseImport(id, YearMonth.of(2024, 1), own.size(), rollups, segments));
      blocks.put(id, own);
    }
    release.put(month, imports);
  }

  private static Block block(YearMonth month, Random random) {
    Map<Dimension, String> codes = new EnumMap<>(Dimension.class);
    CODES.forEach((dimension, all) -> codes.put(dimension, all.get(random.nextInt(all.size()))));
    return new Block(month, codes);
  }

  private static Grouping grouping(Random random) {
    List<Level> levels =
        LEVELS.stream()
            .filter(level -> level.stored() == level && level.dimension() != Dimension.MONTH)
            .toList();
    return Grouping.of(Draws.some(levels, random.nextInt(5), random));
  }

  private static long rows(List<Block> blocks, Grouping grouping) {
    List<Level> levels = Grouping.possibleLevels().stream().filter(grouping::covers).toList();
    return blocks.stream().map(block -> block.codes(levels, 0)).distinct().count();
  }

  private static String draw(Random random) {
    List<Level> levels = Draws.some(LEVELS, 1 + random.nextInt(4), random);
    long periods = levels.stream().filter(level -> level.periodForm().isPresent()).count();
    List<String> parameters = new ArrayList<>();
    parameters.add("group_by=" + levels.stream().map(Level::id).collect(joining(",")));
    parameters.add("from=" + FIRST_ASKED);
    parameters.add("to=" + FIRST.plusMonths(MONTHS - 1));
    if (levels.stream().noneMatch(Level::isCarePeriod) && periods < 2 && random.nextBoolean()) {
      parameters.add("compare=previous_year");
    }
    if (periods == 1 && random.nextBoolean()) {
      parameters.add("fill=zero");
    }
    for (Dimension dimension :
        Draws.some(CODES.keySet().stream().sorted().toList(), random.nextInt(3), random)) {
      List<String> codes = CODES.get(dimension);
      parameters.add(
          dimension.id()
              + (random.nextInt(4) == 0 ? "=!" : "=")
              + String.join(",", Draws.some(codes, 1 + random.nextInt(codes.size()), random)));
    }
    return String.join("&", parameters);
  }

  private QuestionPlan plan(Question question) {
    List<YearMonth> published = release.keySet().stream().sorted().toList();
    List<YearMonth> asked = question.months().select(published);
    Optional<ComparedMonths> compared = ComparedMonths.of(question, asked, published);
    QuestionPlan plan =
        compared
            .map(
                earlier ->
                    QuestionPlanner.plan(question, imports(asked), imports(earlier.months()))
                        .with(new QuestionPlan.Compared(earlier, Optional.empty())))
            .orElseGet(() -> QuestionPlanner.plan(question, imports(asked)));
    return plan.filling(FilledPeriods.of(question, asked, plan.scannedRows(), CATALOG));
  }

  private List<ReleaseImport> imports(List<YearMonth> months) {
    return months.stream().flatMap(month -> release.get(month).stream()).toList();
  }

  /** No more codes than occur; of some levels, it is not known how many. */
  private Map<Level, Long> counts(Question question, Random random) {
    List<YearMonth> asked = question.months().select(release.keySet().stream().sorted().toList());
    Map<Level, Long> counts = new EnumMap<>(Level.class);
    for (Level level : question.groupBy()) {
      Stream<Block> all =
          blocks.values().stream()
              .flatMap(List::stream)
              .filter(
                  block -> level.dimension() != Dimension.MONTH || asked.contains(block.month()));
      if (random.nextInt(10) > 0) {
        counts.put(level, all.map(block -> block.code(level, 0)).distinct().count());
      }
    }
    return counts;
  }

  private Set<List<String>> cells(Question question, QuestionPlan plan) {
    Set<List<String>> cells = new HashSet<>();
    for (QuestionPlan.Source source : plan.sources()) {
      int later = source.isCompared() ? Comparison.months(Level.YEAR) : 0;
      source.imports().stream()
          .flatMap(stored -> blocks.get(stored.id()).stream())
          .filter(
              block ->
                  question.filters().stream()
                      .allMatch(filter -> filter.accepts(block.code(filter.level(), later))))
          .forEach(block -> cells.add(block.codes(question.groupBy(), later)));
    }
    plan.filled().ifPresent(filled -> fill(cells, question, filled));
    return cells;
  }

  private static void fill(Set<List<String>> cells, Question question, FilledPeriods filled) {
    int period = question.groupBy().indexOf(question.filledPeriod().orElseThrow());
    for (List<String> cell : List.copyOf(cells)) {
      for (String code : filled.codes()) {
        List<String> other = new ArrayList<>(cell);
        other.set(period, code);
        cells.add(other);
      }
    }
  }

  @Test
  void anUnknownNumberOfCodesIsNoBound() {
    QuestionPlan plan =
        new QuestionPlan(
            List.of(
                QuestionPlan.Source.blocks(
                    List.of(
                        new ReleaseImport(1, YearMonth.of(2024, 1), Long.MAX_VALUE, Map.of())))));
    Question question =
        QuestionParser.parse(
            Draws.parameters("group_by=service,region,sex,age_band,insurance,exemption"),
            Language.EN);

    assertThat(CellBound.of(question, plan, Map.of())).isGreaterThan(Question.ALL_ROWS);
    assertThat(CellBound.of(question, plan, Map.of(Level.SEX, 2L)))
        .isGreaterThan(Question.ALL_ROWS);
  }
}
