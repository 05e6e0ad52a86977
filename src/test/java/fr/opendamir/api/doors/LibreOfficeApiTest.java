package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import fr.opendamir.testing.LibreOffice;
import fr.opendamir.testing.Workbooks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workbooks opened by LibreOffice show what CSV has, cell by cell. */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class LibreOfficeApiTest {
  private static final List<String> QUESTIONS =
      List.of(
          "group_by=region,sex,month&totals=rollup&measures=charged,quantity,reimbursement_rate",
          "group_by=quarter,year,region&measures=reimbursed_per_inhabitant,excess_fees",
          "group_by=care_month,care_quarter,insurance&measures=reimbursed,excess_rate",
          "group_by=region,age_group,service,provider_specialty,exemption,insurance&month=2023-12",
          "group_by=service,month&compare=previous_period&measures=reimbursed,average_charge",
          "group_by=month,region,age_band&fill=zero&measures=out_of_pocket&exemption=42&insurance=30",
          "measures=charged,quantity");

  /** What at least one of the answers must have. */
  private static final List<String> NOTABLE =
      List.of("ND", "_T", "suppressed", "provisional", "no_denominator", "not_published", "empty");

  private static final int DECIMALS_OF_RATIOS = 6;
  private static final Pattern RATIO = Pattern.compile("-?\\d+\\.\\d{6}");

  @TestHTTPResource("/")
  URI base;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"fr-FR, Données", "en-US, Data"})
  void workbooksShowWhatCsvHas(Locale locale, String sheet) throws Exception {
    assumeThat(LibreOffice.isInstalled()).as("soffice is on the path").isTrue();
    FigureReader reader = new FigureReader(HttpClient.newHttpClient(), base, List.of(), List.of());
    List<List<List<String>>> answers = new ArrayList<>();
    List<byte[]> workbooks = new ArrayList<>();
    for (String question : QUESTIONS) {
      String path = "/v1/aggregates?" + question + "&lang=" + locale.getLanguage() + "&format=";
      answers.add(cells(reader.get(path + "csv")));
      workbooks.add(reader.bytes(path + "xlsx"));
    }
    assertThat(answers.stream().flatMap(List::stream).flatMap(List::stream)).containsAll(NOTABLE);

    LibreOffice office = new LibreOffice(folder, locale);
    List<List<List<String>>> shown = office.shown(sheet, workbooks);
    List<byte[]> saved = office.saved(workbooks);

    for (int i = 0; i < QUESTIONS.size(); i++) {
      assertThat(asCsv(shown.get(i), answers.get(i), locale))
          .as(QUESTIONS.get(i))
          .isEqualTo(answers.get(i));
      assertThat(Workbooks.sheets(saved.get(i)))
          .as(QUESTIONS.get(i))
          .isEqualTo(Workbooks.sheets(workbooks.get(i)));
    }
  }

  private static List<List<String>> cells(String csv) throws IOException {
    return new CsvMapper()
        .readerForListOf(String.class)
        .with(CsvParser.Feature.WRAP_AS_ARRAY)
        .<List<String>>readValues(csv)
        .readAll();
  }

  /** What is shown of an answer, with figures and quarters as CSV writes them. */
  private static List<List<String>> asCsv(
      List<List<String>> shown, List<List<String>> answer, Locale locale) {
    List<String> header = answer.get(0);
    int status = header.indexOf("status");
    List<List<String>> lines = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      List<String> cells = new ArrayList<>(shown.get(i));
      for (int column = 0; i > 0 && column < cells.size(); column++) {
        if (header.get(column).endsWith("quarter")) {
          cells.set(column, Workbooks.period("quarter", cells.get(column)));
        } else if (column < status && column >= firstFigure(header)) {
          cells.set(column, figure(cells.get(column), answer.get(i).get(column), locale));
        }
      }
      lines.add(cells);
    }
    return lines;
  }

  /** Labels come in front of figures. */
  private static int firstFigure(List<String> header) {
    return (int) header.stream().filter(name -> name.endsWith("_label")).count() * 2;
  }

  /** Amounts are shown with two decimals; ratios without zeros at their end, unlike in CSV. */
  private static String figure(String shown, String csv, Locale locale) {
    String plain =
        locale.getLanguage().equals("fr")
            ? shown.replaceAll("\\h", "").replace(',', '.')
            : shown.replace(",", "");
    return RATIO.matcher(csv).matches()
        ? new BigDecimal(plain).setScale(DECIMALS_OF_RATIOS).toPlainString()
        : plain;
  }
}
