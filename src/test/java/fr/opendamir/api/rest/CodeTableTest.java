package fr.opendamir.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Level;
import fr.opendamir.format.Formats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeTableTest {
  private static String csv(Level level, DimensionResource.CodeBody... codes) {
    return new String(
        CodeTable.write(Formats.CSV, level, false, List.of(codes)), StandardCharsets.UTF_8);
  }

  private static DimensionResource.CodeBody code(
      String code, String label, String french, String english, Map<String, String> coarser) {
    return new DimensionResource.CodeBody(code, label, french, english, null, null, coarser);
  }

  @Test
  void codesAreLinesUnderAHeader() {
    assertThat(
            csv(
                Level.SEX,
                code("1", "a", "a", "b", Map.of()),
                code("2", "a, \"b\"", "a, \"b\"", null, Map.of())))
        .isEqualTo(
            "code,label,label_fr,label_en\r\n"
                + "1,a,a,b\r\n"
                + "2,\"a, \"\"b\"\"\",\"a, \"\"b\"\"\",\r\n");
  }

  @Test
  void theMonthsOfCodesThatWereReplacedAreBesideThem() {
    assertThat(
            new String(
                CodeTable.write(
                    Formats.CSV,
                    Level.REGION,
                    true,
                    List.of(
                        new DimensionResource.CodeBody(
                            "11", "a", "a", "b", "2015-01", null, Map.of()),
                        new DimensionResource.CodeBody(
                            "Z1", "c", "c", "d", null, "2014-12", Map.of()))),
                StandardCharsets.UTF_8))
        .isEqualTo(
            """
            code,label,label_fr,label_en,valid_from,valid_to\r
            11,a,a,b,2015-01,\r
            Z1,c,c,d,,2014-12\r
            """);
  }

  @Test
  void coarserCodesAreBesideThem() {
    assertThat(
            csv(
                Level.SERVICE_CODE,
                code(
                    "1", "a", "a", "b", Map.of("service_group", "visits", "service_kind", "care"))))
        .isEqualTo(
            "code,label,label_fr,label_en,service_group,service_kind\r\n1,a,a,b,visits,care\r\n");
    assertThat(csv(Level.EXEMPTION_REASON))
        .isEqualTo("code,label,label_fr,label_en,exemption_group\r\n");
  }
}
