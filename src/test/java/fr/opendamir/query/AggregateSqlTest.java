package fr.opendamir.query;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Language;
import fr.opendamir.question.Cursor;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionParser;
import fr.opendamir.testing.Draws;
import fr.opendamir.testing.GoldenFile;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SQL of questions against golden files, one for each question. Three months: December has many
 * rollups, January fewer and a revision of few blocks, February one.
 */
class AggregateSqlTest {
  private static final int THRESHOLD = 11;
  private static final Catalog CATALOG = Catalog.load();
  private static final String RELEASE = "2024-03-04.1";
  private static final long PAGE_2 = 20;
  private static final SourceTables COLUMNS = new NoColumns();

  private static final Map<YearMonth, List<ReleaseImport>> MONTHS = new LinkedHashMap<>();

  static {
    MONTHS.put(
        YearMonth.of(2023, 12),
        List.of(
            stored(
                10,
                YearMonth.of(2023, 12),
                100_000,
                Map.of(
                    rollup(1, ""),
                    1L,
                    rollup(2, "region"),
                    14L,
                    rollup(3, "region,age_band,sex"),
                    230L,
                    rollup(4, "service"),
                    900L,
                    rollup(5, "service_kind"),
                    6L,
                    rollup(6, "exemption"),
                    20L,
                    rollup(7, "region,service_group"),
                    400L))));
    MONTHS.put(
        YearMonth.of(2024, 1),
        List.of(
            stored(
                11,
                YearMonth.of(2024, 1),
                90_000,
                Map.of(rollup(2, "region"), 14L, rollup(4, "service"), 880L)),
            stored(
                12,
                YearMonth.of(2024, 1),
                12,
                Map.of(rollup(1, ""), 1L, rollup(2, "region"), 9L))));
    MONTHS.put(
        YearMonth.of(2024, 2),
        List.of(stored(13, YearMonth.of(2024, 2), 95_000, Map.of(rollup(2, "region"), 14L))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
everything                       | group_by=
months                           | group_by=month
quarters                         | group_by=quarter
years-quarters-and-months        | group_by=year,quarter,month
regions                          | group_by=region
regions-of-one-month             | group_by=region&month=2024-02
services                         | group_by=service
service-groups                   | group_by=service_group
service-kinds                    | group_by=service_kind
service-at-three-levels          | group_by=service_kind,service_group,service
exemptions                       | group_by=exemption
exemption-groups                 | group_by=exemption_group
exemption-at-two-levels          | group_by=exemption_group,exemption
coarser-levels-of-two-dimensions | group_by=service_group,exemption_group
flat-levels                      | group_by=care_lag,age_band,sex,provider_specialty,provider_activity,insurance
months-of-care                   | group_by=care_month&care_year=2023,2024
open-ranges-of-care              | group_by=care_month&care_month=..2023-06,2024-01..,older&care_year=!..2022
quarters-and-years-of-care       | group_by=care_year,care_quarter,month&care_quarter=!older
other-flat-levels                | group_by=facility_type,supplement,complementary_cover
one-code                         | group_by=region&sex=1
several-codes                    | group_by=sex&age_band=20,30,40
excluded-codes                   | group_by=sex&age_band=!20,30
several-filters                  | group_by=month&region=11,24&sex=!9&service=1111
a-coarser-filter                 | group_by=region&service_group=pharmacy
a-coarser-filter-excluded        | group_by=service&exemption_group=!none&service_kind=care
a-filter-on-what-is-grouped      | group_by=region&region=!ND,NR
a-range-of-months                | group_by=month&month=2023-12..2024-01
excluded-months                  | group_by=region&month=!2024-01
last-months                      | group_by=region&last=2
a-year                           | group_by=quarter&year=2024
amounts                          | group_by=region&measures=quantity,charged,reimbursed,excess_fees,reimbursement_base,reimbursed_all
differences                      | group_by=region&measures=out_of_pocket,not_covered
ratios                           | group_by=region&measures=reimbursement_rate,excess_rate
averages-by-service              | group_by=service&measures=average_charge,average_reimbursed
averages-of-one-service          | group_by=region&service=1111&measures=average_charge
every-measure                    | group_by=service&measures=quantity,charged,reimbursed,excess_fees,reimbursement_base,reimbursed_all,out_of_pocket,not_covered,reimbursement_rate,excess_rate,average_charge,average_reimbursed
every-measure-of-everything      | service=1111&measures=quantity,charged,reimbursed,excess_fees,reimbursement_base,reimbursed_all,out_of_pocket,not_covered,reimbursement_rate,excess_rate,average_charge,average_reimbursed
having-amount                    | group_by=region&measures=charged&having=charged:ge:1234.5
having-quantity                  | group_by=region&measures=quantity&having=quantity:lt:1000
having-difference                | group_by=region&measures=out_of_pocket&having=out_of_pocket:ne:0
having-ratio                     | group_by=region&measures=reimbursement_rate&having=reimbursement_rate:gt:0.7
having-average                   | group_by=service&measures=average_charge&having=average_charge:le:26.505
having-several                   | group_by=service&measures=charged,excess_rate&having=charged:ge:0&having=charged:lt:5000&having=excess_rate:eq:0.25
sort-code-descending             | group_by=region,sex&sort=-sex
sort-amount                      | group_by=region&measures=charged&sort=charged
sort-amount-descending           | group_by=region,month&measures=charged&sort=-charged,month
sort-difference                  | group_by=region&measures=not_covered&sort=-not_covered
sort-ratio                       | group_by=region&measures=excess_rate&sort=-excess_rate
sort-average                     | group_by=service&measures=average_reimbursed&sort=average_reimbursed
totals-grand                     | group_by=region,sex&totals=grand
totals-rollup                    | group_by=region,sex,month&totals=rollup
totals-rollup-sorted             | group_by=region,sex&measures=charged&totals=rollup&sort=-charged&limit=10
totals-rollup-having             | group_by=service_group,service&measures=average_charge,quantity&totals=rollup&having=quantity:gt:100
totals-averages-of-one-service   | group_by=region,service&service=1111&measures=average_charge&totals=rollup&sort=-average_charge
page-of-cells                    | group_by=service&measures=charged&sort=-charged&limit=20&cursor=PAGE_2
page-of-totals                   | group_by=service_group,service&totals=rollup&limit=20&cursor=PAGE_2
""")
  void questions(String name, String parameters) {
    Question query = query(parameters);
    PreparedQuestion prepared = page(query, Optional.empty());
    compare(name, parameters, prepared);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
stream-of-regions  | group_by=region&limit=all
stream-sorted      | group_by=service,month&measures=charged,average_charge&sort=-average_charge&limit=all
stream-of-totals   | group_by=region,service&measures=reimbursement_rate&totals=rollup&limit=all
stream-having      | group_by=region,service&service_kind=!ND&measures=quantity,out_of_pocket&having=out_of_pocket:gt:0&limit=all
""")
  void streams(String name, String parameters) {
    Question query = query(parameters);
    StreamedQuestion streamed =
        AggregateSql.stream(
            query, rendering(COLUMNS), QuestionPlanner.ofColumns(query, plan(query).imports()));
    compare(name, parameters, streamed.rows());
    compare(name + "-size", parameters, streamed.size());
  }

  /** The last months are compared with those before; January of 2023 is not published. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
comparison-of-months     | group_by=month,region&month=2024-01..2024-02&compare=previous_period
comparison-of-quarters   | group_by=quarter&measures=reimbursement_rate&compare=previous_period
comparison-of-one-period | group_by=region&month=2024-02&compare=previous_period&having=reimbursed_change_rate:gt:0.1&sort=-reimbursed_change
comparison-with-totals   | group_by=region,month&month=2024-01..2024-02&measures=charged&compare=previous_year&totals=rollup
comparison-of-services   | group_by=month,service,sex&measures=average_charge&month=2024-02&compare=previous_period
""")
  void comparisons(String name, String parameters) {
    compare(name, parameters, page(query(parameters), Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
filled-with-zero   | group_by=month,region&fill=zero
filled-with-null   | group_by=quarter&measures=reimbursement_rate&fill=null
filled-with-totals | group_by=region,month&fill=null&totals=rollup&sort=-reimbursed&limit=10
filled-comparison  | group_by=month,sex&month=2024-01..2024-02&fill=zero&compare=previous_period
""")
  void filledPeriods(String name, String parameters) {
    compare(name, parameters, page(query(parameters), Optional.empty()));
  }

  /** Imports 10 and 13 are those of the earlier release. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
difference-of-everything | group_by=
difference-of-regions    | group_by=region&measures=charged,out_of_pocket
difference-sorted        | group_by=service&measures=charged&sort=-charged&having=charged:gt:0
difference-with-totals   | group_by=region,sex&totals=rollup
""")
  void differences(String name, String parameters) {
    Question query = query(parameters);
    PreparedQuestion prepared =
        page(
            query,
            Optional.of(
                List.of(
                    MONTHS.get(YearMonth.of(2023, 12)).get(0),
                    MONTHS.get(YearMonth.of(2024, 2)).get(0))));
    compare(name, parameters, prepared);
  }

  private static PreparedQuestion page(Question query, Optional<List<ReleaseImport>> difference) {
    QuestionPlan plan = plan(query);
    return AggregateSql.page(
        query, rendering(plan.isOfRollups() ? new RollupTables() : COLUMNS), plan, difference);
  }

  private static Rendering rendering(SourceTables tables) {
    return new Rendering(tables, CATALOG, THRESHOLD);
  }

  private static void compare(String name, String title, PreparedQuestion prepared) {
    GoldenFile.compare("query/sql/" + name + ".sql", RenderedSql.text(title, prepared));
  }

  private static Question query(String parameters) {
    String first = parameters.replace("&cursor=PAGE_2", "");
    Question query = parse(first);
    return first.equals(parameters)
        ? query
        : parse(first + "&cursor=" + Cursor.after(query, RELEASE, PAGE_2).encode());
  }

  private static Question parse(String parameters) {
    return QuestionParser.parse(Draws.parameters(parameters), Language.EN).inFormat(false);
  }

  private static QuestionPlan plan(Question query) {
    List<YearMonth> months = query.months().select(List.copyOf(MONTHS.keySet()));
    QuestionPlan plan = unfilled(query, months);
    return plan.filling(FilledPeriods.of(query, months, plan.scannedRows(), CATALOG));
  }

  private static QuestionPlan unfilled(Question query, List<YearMonth> months) {
    return ComparedMonths.of(query, months, List.copyOf(MONTHS.keySet()))
        .map(
            compared ->
                QuestionPlanner.plan(query, imports(months), imports(compared.months()))
                    .with(new QuestionPlan.Compared(compared, Optional.empty())))
        .orElseGet(() -> QuestionPlanner.plan(query, imports(months)));
  }

  private static List<ReleaseImport> imports(List<YearMonth> months) {
    return months.stream().flatMap(month -> MONTHS.get(month).stream()).toList();
  }

  private static ReleaseImport stored(
      long id, YearMonth month, long blocks, Map<Rollup, Long> rollups) {
    return new ReleaseImport(id, month, blocks, rollups);
  }

  private static Rollup rollup(int id, String levels) {
    return new Rollup(id, Grouping.parse(levels).orElseThrow());
  }
}
