package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.format.Formats;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.LabelStyle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateCsvTest {

  @Test
  void columnsAreCodesAndLabelsThenMeasuresThenStatus() {
    assertThat(csv(ExampleAnswers.twoByTwo(LabelStyle.BOTH)))
        .isEqualTo(
            """
            region,region_label,month,month_label,charged,quantity,status\r
            11,Île-de-France,2024-01,January 2024,1234567.80,42,ok\r
            11,Île-de-France,2024-02,February 2024,,,suppressed\r
            84,Auvergne-Rhône-Alpes,2024-02,February 2024,-0.05,0,ok\r
            """);
  }

  @Test
  void theLabelStyleChoosesTheColumns() {
    assertThat(csv(ExampleAnswers.twoByTwo(LabelStyle.ID)))
        .startsWith("region,month,charged,quantity,status\r\n11,2024-01,1234567.80,42,ok\r\n");
    assertThat(csv(ExampleAnswers.twoByTwo(LabelStyle.NAME)))
        .startsWith(
            """
            region_label,month_label,charged,quantity,status\r
            Île-de-France,January 2024,1234567.80,42,ok\r
            """);
  }

  /** Codes are kept as the files write them, so a strange one may hold anything. */
  @Test
  void cellsAreQuotedOnlyWhereTheyMustBe() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(Level.INSURANCE),
                List.of(Measure.REIMBURSEMENT_RATE),
                LabelStyle.BOTH,
                Language.FR),
            ExampleAnswers.row(List.of("11"), "0.750000"),
            ExampleAnswers.row(List.of("été \"10\", ou"), (String) null),
            ExampleAnswers.row(List.of("a;b'c d"), "1E+2"),
            ExampleAnswers.row(List.of("à\nb"), "1E-6"));

    assertThat(csv(answer))
        .isEqualTo(
            """
            insurance,insurance_label,reimbursement_rate,status\r
            11,"Maladie en cours de navigation, plus de 6 mois",0.750000,ok\r
            "été ""10"", ou","Code non documenté (été ""10"", ou)",,ok\r
            a;b'c d,Code non documenté (a;b'c d),100,ok\r
            "à
            b","Code non documenté (à
            b)",0.000001,ok\r
            """);
  }

  /** What a French spreadsheet opens: also a code that it would take for a formula. */
  @Test
  void theDialectOfFrenchSpreadsheetsHasCommasAndNoFormulas() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(Level.REGION), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.FR),
            ExampleAnswers.row(List.of("11"), "-1234.50"),
            ExampleAnswers.row(List.of("=1+1"), "1E+2"),
            ExampleAnswers.row(List.of("a;\"b"), (String) null));
    byte[] bytes =
        new AnswerTables(ExampleAnswers.CATALOG)
            .write(answer, Formats.DIALECTS.get(Formats.EXCEL_FR));

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            \uFEFFregion;region_label;charged;status\r
            11;Île-de-France;-1234,50;ok\r
            '=1+1;Code non documenté (=1+1);100;ok\r
            "a;""b";"Code non documenté (a;""b)";;ok\r
            """);
  }

  @Test
  void longCellsAreNotQuotedForTheirLength() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(Level.SERVICE_GROUP),
                List.of(Measure.CHARGED),
                LabelStyle.NAME,
                Language.FR),
            ExampleAnswers.row(List.of("consultations"), "1.00"));

    assertThat(csv(answer)).contains("\r\nConsultations et majorations,1.00,ok\r\n");
  }

  @Test
  void withoutRowsThereIsStillTheHeader() {
    AggregateResult answer =
        ExampleAnswers.answer(
            ExampleAnswers.query(
                List.of(), List.of(Measure.CHARGED), LabelStyle.BOTH, Language.FR));

    assertThat(csv(answer)).isEqualTo("charged,status\r\n");
  }

  private static String csv(AggregateResult answer) {
    return new String(ExampleAnswers.bytes(answer, "csv"), StandardCharsets.UTF_8);
  }
}
