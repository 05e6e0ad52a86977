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
    return new String(CodeTable.write(Formats.CSV, level, List.of(codes)), StandardCharsets.UTF_8);
  }

  @Test
  void codesAreLinesUnderAHeader() {
    assertThat(
            csv(
                Level.REGION,
                new DimensionResource.CodeBody(
                    "11", "Île-de-France", "Île-de-France", "Île-de-France", Map.of()),
                new DimensionResource.CodeBody("5", "a, \"b\"", "a, \"b\"", null, Map.of())))
        .isEqualTo(
            "code,label,label_fr,label_en\r\n"
                + "11,Île-de-France,Île-de-France,Île-de-France\r\n"
                + "5,\"a, \"\"b\"\"\",\"a, \"\"b\"\"\",\r\n");
  }

  @Test
  void coarserCodesAreBesideThem() {
    assertThat(
            csv(
                Level.SERVICE_CODE,
                new DimensionResource.CodeBody(
                    "1", "a", "a", "b", Map.of("service_group", "visits", "service_kind", "care"))))
        .isEqualTo(
            "code,label,label_fr,label_en,service_group,service_kind\r\n1,a,a,b,visits,care\r\n");
    assertThat(csv(Level.EXEMPTION_REASON))
        .isEqualTo("code,label,label_fr,label_en,exemption_group\r\n");
  }
}
