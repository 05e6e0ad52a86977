package fr.opendamir.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionBound;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.GoldenFile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Releases of January to March 2024. The regions 4 2 and 42x and the care lag 3_5, a code of
 * earlier imports, occur in them and are in no list.
 */
class CodeListsTest {
  private static final Catalog CATALOG = Catalog.load();
  private static final Release RELEASE = release("2024-04-02.1", 3);
  private static final Release LATER = release("2024-05-02.1", 4);

  private final List<PreparedQuestion> asked = new ArrayList<>();
  private final List<UniEmitter<? super Cells>> held = new ArrayList<>();
  private boolean isAway;
  private boolean isHeld;

  private final FewCodes fewCodes = new FewCodes();
  private final UndocumentedCodes undocumented =
      new UndocumentedCodes(
          CATALOG,
          new ReleaseFigures(
              new PlannedFigures(PolicyReader.builtIn(), CATALOG, fewCodes, fewCodes),
              new QueryConfig() {
                @Override
                public long maxScannedRows() {
                  return 1_000;
                }

                @Override
                public int statementTimeoutSeconds() {
                  return 1;
                }
              }));
  private final CodeLists codes = new CodeLists(CATALOG, new OneRelease(), undocumented);
  private final CodeRequirements requirements = new CodeRequirements(CATALOG, undocumented);

  private static final class OneRelease implements ReleaseCatalog {
    @Override
    public Uni<ServedReleases> served() {
      return Uni.createFrom().item(rememberedServed().orElseThrow());
    }

    @Override
    public Optional<ServedReleases> rememberedServed() {
      return Optional.of(new ServedReleases(List.of(RELEASE.id()), Optional.of(RELEASE)));
    }

    @Override
    public Uni<Optional<Release>> find(String id) {
      return latest();
    }

    @Override
    public Uni<List<Release>> list() {
      return Uni.createFrom().item(List.of(RELEASE));
    }

    @Override
    public Optional<Release> remembered(Optional<String> id) {
      return Optional.of(RELEASE);
    }

    @Override
    public Optional<List<String>> rememberedIds() {
      return Optional.of(List.of(RELEASE.id()));
    }

    @Override
    public Uni<Void> refresh() {
      return Uni.createFrom().voidItem();
    }
  }

  private final class FewCodes implements RollupSource, ColumnSource {
    @Override
    public SourceTables tables() {
      return new NoColumns();
    }

    @Override
    public Uni<CellStream> open(StreamedQuestion question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Cells> run(PreparedQuestion question) {
      asked.add(question);
      if (isHeld) {
        return Uni.createFrom().emitter(emitter -> held.add(emitter));
      }
      if (isAway) {
        return Uni.createFrom()
            .failure(
                new DataUnavailableException(
                    DataUnavailableException.Part.DATABASE, new IllegalStateException("away")));
      }
      List<String> found =
          switch (question.levels().get(0)) {
            case REGION -> List.of("11", "4 2", "42x", "ND", "_T");
            case CARE_LAG -> List.of("0", "3_5", "ND");
            default -> List.of("ND");
          };
      return Uni.createFrom()
          .item(
              new Cells(
                  question.plan().imports().size(),
                  found.size(),
                  found.stream()
                      .map(code -> new ResultRow(List.of(code), List.of(BigDecimal.TEN), false))
                      .toList()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region=05 | region | 5,93",
        "region=11,05 | region | 5,93",
        "region=!05 | region | 5,93",
        "region=94 | region | 93,11",
        "region=01 | region | 5,84",
        "region=1 | region | 5,84",
        "region=2A | region | 93",
        "region=971 | region | 5",
        "region=13 | region | 93",
        "region=69 | region | 84",
        "region=82 | region | 76,84",
        "region=IDF | region | 11",
        "region=FR-IDF | region | 11",
        "region=paca | region | 93",
        "region=Bretagne | region | 53",
        "region=brittany | region | 53",
        "region=Île-de-France | region | 11",
        "region=ile de france | region | 11",
        "region=11.0 | region | 11",
        "region=nd | region | ND",
        "region=G:pharmacy | region |",
        "region=_T | region |",
        "region=42X | region | 42x",
        "sex=F | sex | 2",
        "sex=f | sex | 2",
        "sex=femme | sex | 2",
        "sex=Female | sex | 2",
        "sex=H | sex | 1",
        "sex=homme | sex | 1",
        "sex=02 | sex | 2",
        "age_band=35 | age_band | 30",
        "age_band=30-39 | age_band | 30",
        "age_band=30_39 | age_band | 30",
        "age_band=80+ | age_band | 80",
        "age_band=5 | age_band | 0,50",
        "care_lag=05 | care_lag | 5",
        "care_lag=4 mois | care_lag | 4",
        "care_lag=3-4 | care_lag | 3,4",
        "care_lag=5_6 | care_lag | 5,6_11",
        "care_lag=6 | care_lag | 6_11",
        "care_lag=11 | care_lag | 6_11",
        "care_lag=12 | care_lag | 12_plus",
        "care_lag=18 months | care_lag | 12_plus",
        "care_lag=6+ | care_lag | 6_11,12_plus",
        "care_lag=6_plus | care_lag | 6_11,12_plus",
        "care_lag=4+ | care_lag | 4,5,6_11",
        "care_lag=240+ | care_lag | 12_plus",
        "care_lag=9-2 | care_lag |",
        "care_year=_T | care_year |",
        "service=nd | service | ND",
        "service=g:Pharmacy | service | G:pharmacy",
        "service=G:pharmcy | service | G:pharmacy",
        "service=01110 | service | 1110",
        "service_group=Pharmacy | service_group | pharmacy",
        "service_group=pharmcy | service_group | pharmacy",
        "service_kind=G:care | service_kind |",
        "service_kind=soins | service_kind |",
        "exemption_group=ALD | exemption_group |",
        "PRS_NAT=99999 | service |",
      })
  void unknownCodesAreErrorsThatKnowWhatReadersMean(
      String question, String parameter, String meant) {
    List<QuestionError> errors = refused(question);

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).parameter()).isEqualTo(parameter);
    assertThat(errors.get(0).code()).isIn("unknown_value", "malformed_value");
    if (meant != null) {
      assertThat(errors.get(0).didYouMean()).startsWith(meant.split(",", -1));
    }
    // what is suggested works
    errors.get(0).didYouMean().forEach(code -> require(parameter + "=" + code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "region=5,11,24,27,28,32,44,52,53,75,76,84,93,99",
        "region=ND,NR",
        "region=!ND",
        "region=42x",
        "region=!42x,11",
        "care_lag=3_5",
        "region=4 2",
        "region=!4 2",
        "sex=1",
        "age_band=30",
        "service=G:pharmacy",
        "service=!G:undocumented",
        "exemption=G:none",
        "service=3313&service_group=pharmacy&service_kind=care",
        "service=3313,1110&service_group=pharmacy",
        "service=3313&service_group=!consultations",
        "service=!3313&service_group=pharmacy",
        "service=G:pharmacy&service_group=pharmacy",
        "service=ND&service_group=ND",
        "exemption=41&exemption_group=long_term_illness",
        "care_month=2023-08",
        "care_month=202403,older,unknown,ND",
        "care_month=2024-03..2030-01",
        "care_month=2024-03..",
        "care_month=!2030-01",
        "care_year=2023&care_lag=6_11&care_month=older",
        "month=2024-01..2030-01",
        "month=2024-01,2030-01",
        "month=!2030-01",
        "year=2024",
        "from=2024-03",
        "last=1200",
        "last=1&month=2024-03",
      })
  void codesThatThereAreMayHaveNoRows(String question) {
    require(question);
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void whatIsListedMayBeNamed(Level level) {
    List<CodeEntry> listed = codes.find(level, null).await().indefinitely().codes();

    assertThat(listed).isNotEmpty();
    assertThat(listed).extracting(CodeEntry::code).doesNotHaveDuplicates();
    for (CodeEntry entry : listed) {
      require(level.id() + "=" + entry.code());
      assertThat(entry.label()).isEqualTo(CATALOG.label(level, entry.code()));
    }
  }

  @Test
  void codesThatOnlyTheFilesHaveAreListedBeforeReservedOnes() {
    assertThat(codes.find(Level.REGION, null).await().indefinitely().codes())
        .extracting(CodeEntry::code)
        .endsWith("Z8", "Z9", "4 2", "42x", "ND", "NR");
    assertThat(codes.find(Level.CARE_LAG, null).await().indefinitely().codes())
        .extracting(CodeEntry::code)
        .endsWith("12_plus", "unknown", "3_5", "ND", "NR");
    assertThat(codes.find(Level.EXEMPTION_REASON, null).await().indefinitely().codes())
        .extracting(CodeEntry::code)
        .contains("ND", "NR", "G:none", "G:long_term_illness");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=2030-01 | from | not_published",
        "to=2023-12 | to | not_published",
        "month=2030-01 | month | not_published",
        "month=2023-01,2023-02 | month | not_published",
        "year=2023 | year | not_published",
        "quarter=2024-Q2 | quarter | not_published",
        "quarter=2024-Q2&last=3 | quarter | not_published",
        "month=!2024-01..2024-03 | month | not_published",
        "care_month=2023-07,2024-04 | care_month | not_published",
        "care_year=2020..2022 | care_year | not_published",
        "care_year=..2022 | care_year | not_published",
        "last=1&month=2024-01 | last | contradiction",
        "last=2&to=2024-01 | last | contradiction",
        "service=3313&service_group=consultations | service | contradiction",
        "service=3313&service_kind=!care | service | contradiction",
        "service=G:pharmacy&service_group=consultations | service | contradiction",
        "service_group=pharmacy&service_kind=cash_benefit | service_group | contradiction",
        "exemption=41&exemption_group=none | exemption | contradiction",
      })
  void whatTheReleaseCannotMeetIsAnErrorWithTheWayOut(
      String question, String parameter, String code) {
    List<QuestionError> errors = refused(question);

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).parameter()).isEqualTo(parameter);
    assertThat(errors.get(0).code()).isEqualTo(code);
    if (Level.find(parameter).map(level -> level.id().length() > 7).orElse(false)) {
      return;
    }
    if (!parameter.startsWith("service") && !parameter.startsWith("exemption")) {
      assertThat(errors.get(0).detail().en()).contains("2024-01..2024-03");
      assertThat(errors.get(0).detail().fr()).contains("2024-01..2024-03");
    }
  }

  @Test
  void aDifferenceKnowsTheMonthsOfBothReleases() {
    Question april = parse("month=2024-04");

    requirements.require(april, List.of(RELEASE, LATER)).await().indefinitely();
    assertThat(refused(april, List.of(RELEASE))).hasSize(1);
  }

  @Test
  void everythingUnknownIsToldAtOnce() {
    assertThat(refused("region=05,06&sex=F&year=2023"))
        .extracting(QuestionError::parameter)
        .containsExactly("region", "region", "sex", "year");
  }

  /** A long list of codes must not be a second of work. */
  @Test
  void whatIsMeantIsLookedForAsOftenAsItIsTold() {
    for (String level : List.of("service", "region", "sex")) {
      List<QuestionError> errors = refused(level + "=" + unknownCodes(2_000));

      assertThat(errors).hasSize(QuestionBound.ERRORS.most());
      assertThat(errors.get(errors.size() - 1).code()).isEqualTo("more_errors");
    }
    // Services have 1,677 codes, and what is no number is looked for in their labels too.
    assertThat(explained("service=1111x,1112x,1113x")).isLessThanOrEqualTo(1);
    assertThat(explained("service=011111,011112,011113")).isLessThanOrEqualTo(2);
    assertThat(explained("region=05,06,69,13,94,01,02,03,04,06,07,08,971")).isEqualTo(10);
    assertThat(refused("sex=" + unknownCodes(20) + "&region=" + unknownCodes(25))).hasSize(45);
    assertThat(refused("sex=" + unknownCodes(30) + "&region=" + unknownCodes(30))).hasSize(50);
  }

  private long explained(String question) {
    return refused(question).stream().filter(error -> !error.didYouMean().isEmpty()).count();
  }

  private static String unknownCodes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
  }

  /** Who asks at the same time waits for the same statement. */
  @Test
  void aListIsAskedForOnceAtATimeAndAgainAfterAFailure() {
    isHeld = true;
    List<CompletableFuture<Void>> waiting =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    requirements
                        .require(parse("region=42x"), List.of(RELEASE))
                        .subscribeAsCompletionStage())
            .toList();
    assertThat(asked).hasSize(1);
    waiting.get(0).cancel(true);
    assertThat(held).hasSize(1);
    held.get(0)
        .fail(
            new DataUnavailableException(
                DataUnavailableException.Part.DATABASE, new IllegalStateException("away")));
    assertThat(waiting.subList(1, 20)).allMatch(CompletableFuture::isCompletedExceptionally);
    isHeld = false;
    require("region=42x");
    assertThat(asked).hasSize(2);
  }

  @Test
  void figuresAreAskedOnceForEachListAndOnlyWhereThereIsADoubt() {
    require("region=11,ND&service=G:pharmacy&sex=!9");
    assertThat(asked).isEmpty();

    refused("region=05");
    refused("region=06");
    require("region=42x");
    assertThat(asked).hasSize(1);
    refused("sex=F");
    assertThat(asked).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"REGION", "SERVICE_GROUP", "EXEMPTION_GROUP"})
  void oneStatementFindsTheCodesOfALevel(Level level) {
    codes.find(level, null).await().indefinitely().codes();

    assertThat(asked).hasSize(1);
    GoldenFile.compare(
        "query/sql/codes-of-" + level.id() + ".sql",
        RenderedSql.text("codes of " + level.id(), asked.get(0)));
  }

  @Test
  void listsAreThereWhileTheDatabaseIsAway() {
    isAway = true;

    assertThat(codes.find(Level.REGION, "bretagne").await().indefinitely().codes()).hasSize(1);
    require("region=11");
    assertThat(catchThrowableOfType(DataUnavailableException.class, () -> require("region=05")))
        .isNotNull();
  }

  @Test
  void aRepeatedSearchFindsWhatTheReleaseOfTheQuestionHas() {
    for (int i = 0; i < 3; i++) {
      assertThat(searched("42x", Optional.of(RELEASE))).containsExactly("42x");
      assertThat(searched("42x", Optional.empty())).isEmpty();
      assertThat(searched("bretagne", Optional.of(RELEASE))).containsExactly("53");
      assertThat(searched("corse", Optional.of(RELEASE))).isNotEmpty().doesNotContain("53");
    }
  }

  private List<String> searched(String words, Optional<Release> release) {
    return codes.find(Level.REGION, words, release).await().indefinitely().stream()
        .map(CodeEntry::code)
        .toList();
  }

  private void require(String question) {
    requirements.require(parse(question), List.of(RELEASE)).await().indefinitely();
  }

  private List<QuestionError> refused(String question) {
    return refused(parse(question), List.of(RELEASE));
  }

  private List<QuestionError> refused(Question query, List<Release> releases) {
    QuestionException refused =
        catchThrowableOfType(
            QuestionException.class,
            () -> requirements.require(query, releases).await().indefinitely());
    assertThat(refused).as("%s", query).isNotNull();
    return refused.errors();
  }

  private static Question parse(String question) {
    return QuestionParser.parse(Draws.parameters(question), Language.FR);
  }

  private static Release release(String id, int months) {
    return new Release(
        id,
        Instant.EPOCH,
        Stream.iterate(YearMonth.of(2024, 1), month -> month.plusMonths(1))
            .limit(months)
            .map(CodeListsTest::month)
            .toList());
  }

  private static ReleaseMonth month(YearMonth month) {
    return new ReleaseMonth(
        List.of(new ReleaseImport(month.getMonthValue(), month, 10, Map.of())),
        month,
        "A.csv",
        1,
        "00",
        "blocks-12",
        false,
        false,
        1,
        1,
        11,
        Map.of(),
        Map.of());
  }
}
