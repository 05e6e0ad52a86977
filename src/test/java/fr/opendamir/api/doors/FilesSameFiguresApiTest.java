package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.SideBySide;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The files of a release tell what its answers tell, and nothing else. */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class FilesSameFiguresApiTest {
  private static final int QUESTIONS = 200;
  private static final long SEED = 45;
  private static final Set<String> CUBE =
      Set.of("month", "region", "age_band", "sex", "service_group");
  private static final Catalog CATALOG = Catalog.load();

  /** Measures as sums of blocks, in cents or acts. */
  private static final Map<String, String> MEASURES =
      Map.of(
          "quantity", "sum(quantity)",
          "charged", "sum(charged)",
          "reimbursed", "sum(reimbursed)",
          "excess_fees", "sum(excess_fees)",
          "reimbursement_base", "sum(reimbursement_base)",
          "reimbursed_all", "sum(reimbursed_all)");

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger ofCube = new AtomicInteger();
  private final AtomicInteger suppressed = new AtomicInteger();

  @Test
  void randomQuestionsToTheFilesHaveTheAnswersOfTheService() {
    BlockTable table =
        BlockTable.read(
            ConfigProvider.getConfig().getValue(RolledUpMonths.BLOCKS_URL, String.class));
    Map<String, DownloadedFiles> files = new ConcurrentHashMap<>();
    SideBySide.check(
        Draws.sources(new Random(SEED), QUESTIONS),
        source -> {
          Random random = source.random();
          RandomQuestion question = simple(RandomQuestion.draw(random, table), random);
          DownloadedFiles downloaded =
              files.computeIfAbsent(
                  question.release(), release -> DownloadedFiles.of(http, base, release));
          try (DownloadedFiles read = downloaded.again()) {
            check(question, read);
          }
        });
    assertThat(files).hasSize(3);
    assertThat(ofCube).hasValueGreaterThan(5);
    assertThat(suppressed).hasPositiveValue();
    files.values().forEach(DownloadedFiles::close);
  }

  private void check(RandomQuestion question, DownloadedFiles files) {
    FigureReader reader =
        new FigureReader(
            http, base, question.groupBy().stream().map(Level::id).toList(), question.measures());
    List<FigureRow> answer =
        reader.csv(reader.get("/v1/aggregates?labels=id&format=csv&" + question.parameters()));

    assertThat(FigureRow.counted(rows(files, "blocks", question)))
        .as(question.parameters())
        .isEqualTo(FigureRow.counted(answer));
    if (isOfCube(question)) {
      ofCube.incrementAndGet();
      assertThat(FigureRow.counted(rows(files, "cube", question)))
          .as("the cube for %s", question.parameters())
          .isEqualTo(FigureRow.counted(answer));
    }
    suppressed.addAndGet(
        (int) answer.stream().filter(row -> row.status().equals("suppressed")).count());
  }

  /** Without conditions, order, totals and filled periods, which are no figures of files. */
  private static RandomQuestion simple(RandomQuestion drawn, Random random) {
    List<String> measures = new ArrayList<>(MEASURES.keySet());
    Collections.sort(measures);
    Collections.shuffle(measures, random);
    return new RandomQuestion(
        random.nextInt(3) == 0
            ? drawn.groupBy().stream().filter(level -> CUBE.contains(level.id())).toList()
            : drawn.groupBy(),
        List.copyOf(measures.subList(0, 1 + random.nextInt(3))),
        drawn.filters(),
        drawn.excluded(),
        drawn.periods(),
        drawn.last(),
        drawn.newest(),
        List.of(),
        List.of(),
        "none",
        "none",
        drawn.release());
  }

  private static boolean isOfCube(RandomQuestion question) {
    return question.groupBy().stream().allMatch(FilesSameFiguresApiTest::isOfCube)
        && question.filters().keySet().stream().allMatch(FilesSameFiguresApiTest::isOfCube);
  }

  private static boolean isOfCube(Level level) {
    return level.dimension() == Dimension.MONTH || CUBE.contains(level.id());
  }

  private static List<FigureRow> rows(DownloadedFiles files, String kind, RandomQuestion question) {
    List<String> months =
        files.query("SELECT DISTINCT month FROM " + files.from(kind)).stream()
            .map(row -> row.get(0))
            .filter(month -> question.newest().contains(month) && isAccepted(month, question))
            .toList();
    List<String> conditions = new ArrayList<>(List.of("month IN (" + texts(months) + ")"));
    question
        .filters()
        .forEach(
            (level, codes) ->
                conditions.add(
                    code(level)
                        + (question.excluded().contains(level) ? " NOT" : "")
                        + " IN ("
                        + texts(codes)
                        + ")"));
    List<String> columns =
        new ArrayList<>(question.groupBy().stream().map(FilesSameFiguresApiTest::code).toList());
    columns.add("sum(quantity)");
    question.measures().forEach(measure -> columns.add(MEASURES.get(measure)));
    String sql =
        "SELECT %s FROM %s WHERE %s%s"
            .formatted(
                String.join(", ", columns),
                files.from(kind),
                String.join(" AND ", conditions),
                question.groupBy().isEmpty() ? " HAVING count(*) > 0" : " GROUP BY ALL");
    return files.query(sql).stream().map(row -> row(row, question)).toList();
  }

  private static FigureRow row(List<String> found, RandomQuestion question) {
    int levels = question.groupBy().size();
    long quantity = Math.abs(Long.parseLong(found.get(levels)));
    boolean isSuppressed = quantity >= 1 && quantity <= 10;
    List<Optional<BigDecimal>> values = new ArrayList<>();
    for (int i = 0; i < question.measures().size(); i++) {
      int decimals = question.measures().get(i).equals("quantity") ? 0 : 2;
      BigDecimal value =
          new BigDecimal(found.get(levels + 1 + i)).scaleByPowerOfTen(-decimals).setScale(decimals);
      values.add(isSuppressed ? Optional.empty() : Optional.of(value));
    }
    return new FigureRow(
        found.subList(0, levels), values, isSuppressed ? "suppressed" : status(found, question));
  }

  /** The months of the fixture are too few for any period of care to be known as complete. */
  private static String status(List<String> codes, RandomQuestion question) {
    boolean isProvisional =
        IntStream.range(0, question.groupBy().size())
            .anyMatch(
                i ->
                    question.groupBy().get(i).isCarePeriod()
                        && Character.isDigit(codes.get(i).charAt(0)));
    return isProvisional ? "provisional" : "ok";
  }

  private static boolean isAccepted(String month, RandomQuestion question) {
    return question.periods().stream()
        .allMatch(one -> one.accepts(CATALOG.coarser(one.level(), month)));
  }

  private static String code(Level level) {
    return switch (level) {
      case YEAR -> "month[1:4]";
      case QUARTER -> "month[1:4] || '-Q' || ((month[6:7]::INT + 2) // 3)";
      case AGE_GROUP ->
          "CASE age_band WHEN '0' THEN '0_19' WHEN '20' THEN '20_39' WHEN '30' THEN '20_39'"
              + " WHEN '40' THEN '40_59' WHEN '50' THEN '40_59' WHEN '60' THEN '60_plus'"
              + " WHEN '70' THEN '60_plus' WHEN '80' THEN '60_plus' WHEN '99' THEN 'unknown'"
              + " ELSE age_band END";
      case CARE_MONTH, CARE_QUARTER, CARE_YEAR -> carePeriod(level);
      default -> level.id();
    };
  }

  /** A period of care from month and lag, by dates: the earliest and the latest month of a lag. */
  private static String carePeriod(Level level) {
    String form =
        switch (level) {
          case CARE_YEAR -> "strftime(%1$s, '%%Y')";
          case CARE_QUARTER -> "year(%1$s) || '-Q' || quarter(%1$s)";
          default -> "strftime(%1$s, '%%Y-%%m')";
        };
    String earlier = "(month || '-01')::DATE - to_months(%s)";
    String exact = form.formatted(earlier.formatted("TRY_CAST(care_lag AS INT)"));
    String first = form.formatted(earlier.formatted("11"));
    String last = form.formatted(earlier.formatted("6"));
    return ("CASE WHEN care_lag IN ('0', '1', '2', '3', '4', '5') THEN "
            + "%s WHEN care_lag = '6_11' AND %s = %s THEN %s"
            + " WHEN care_lag IN ('6_11', '12_plus') THEN 'older' ELSE care_lag END")
        .formatted(exact, first, last, first);
  }

  private static String texts(Iterable<String> codes) {
    List<String> texts = new ArrayList<>();
    codes.forEach(code -> texts.add("'" + code + "'"));
    return String.join(", ", texts);
  }
}
