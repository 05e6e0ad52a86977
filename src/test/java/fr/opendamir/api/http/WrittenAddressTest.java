package fr.opendamir.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/ /",
        "// /",
        "/v1/measures /v1/measures",
        "/v1/measures/ /v1/measures",
        "/v1/measures/// /v1/measures",
        "//v1//measures /v1/measures",
        "/V1/Measures /v1/measures",
        "/V1/DIMENSIONS/BEN_RES_REG/Codes/ /v1/dimensions/ben_res_reg/codes",
        "/v1/./measures /v1/measures",
        "/v1/x/../measures /v1/measures",
        "/v1/%6d%65asures /v1/measures",
        "/v1/%2e%2e/v1/measures /v1/measures",
        "/../../v1/measures /v1/measures",
        "/GraphQL/ /graphql",
        "/graphql/Schema.GraphQL /graphql/schema.graphql",
        "/OpenAPI/ /openapi",
        "/openapi.JSON /openapi.json",
        "/GraphiQL /graphiql",
        "/GRAPHIQL/ /graphiql/",
        "/META-INF/MANIFEST.MF /META-INF/MANIFEST.MF",
        "/nope/ /nope",
        "/v1/{x}|^`\"<>\\ /v1/%7bx%7d%7c%5e%60%22%3c%3e%5c",
        "/nope%zz /nope%25zz",
        "/nope% /nope%25",
        "/v1/releases/2025-11-03.1/ /v1/releases/2025-11-03.1",
      })
  void aPathHasOneForm(String sent, String written) {
    assertThat(WrittenAddress.path(sent)).isEqualTo(written);
  }

  @Test
  void whatIsWellFormedIsLeftAsItIs() {
    String query = "group_by=region&region=!11,84&month=2024-01..2024-12&search=kin%C3%A9&a=b+c*()";
    assertThat(WrittenAddress.query(query)).isSameAs(query);
    assertThat(WrittenAddress.query(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "query={measures{id}}, query=%7Bmeasures%7Bid%7D%7D",
    "search=100%, search=100%25",
    "a=%, a=%25",
    "a=%4, a=%254",
    "a=%zz, a=%25zz",
    "a=%%41, a=%25%41",
    "region=11;sex=1, region=11%3Bsex=1",
    "a=#b, a=%23b",
    "region[]=11, region%5B%5D=11",
    "a=%00, a=%00",
  })
  void whatShouldHaveBeenEscapedIs(String sent, String written) {
    assertThat(WrittenAddress.query(sent)).isEqualTo(written);
  }

  @Test
  void bytesOfUtf8MeanWhatTheirEscapesDo() {
    for (String text : new String[] {"kinésithérapie", "œuvre", "€", "日本", "😀", "é"}) {
      String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      String written = WrittenAddress.query("search=" + bytes);
      assertThat(written).isEqualTo("search=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
      assertThat(WrittenAddress.isText(written)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%C3%28",
        "%ff",
        "%C3",
        "a%E9b",
        "%C0%80",
        "%ED%A0%80",
        "%F5%80%80%80",
        "%C3%A9%E9"
      })
  void otherBytesAreNoText(String escaped) {
    assertThat(WrittenAddress.isText(escaped)).isFalse();
    assertThat(WrittenAddress.isText("x=1&y=" + escaped + "&z=%41")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "%41%42", "%C3%A9", "%F0%9F%98%80", "%00%0A", "a%C3%A9%20%25"})
  void escapesOfUtf8AreText(String escaped) {
    assertThat(WrittenAddress.isText(escaped)).isTrue();
  }

  /** Whatever is sent, what is written is an address, means the same, and is written once. */
  @Test
  void anyBytesBecomeAnAddress() {
    Random random = new Random(8130);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sent = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        sent.append(
            random.nextInt(3) == 0
                ? "%/.{};#&=+?uU_".charAt(random.nextInt(14))
                : (char) random.nextInt(0x100));
      }
      String query = WrittenAddress.query(sent.toString());
      String path = WrittenAddress.path("/" + sent.toString().replace("?", ""));
      assertThat(path).startsWith("/").doesNotContain("//");
      assertThat(URI.create(query == null ? path : path + "?" + query)).isNotNull();
      assertThat(WrittenAddress.path(path)).isEqualTo(path);
      if (query != null) {
        assertThat(WrittenAddress.query(query)).isEqualTo(query);
        assertThat(WrittenAddress.isText(query))
            .isEqualTo(!URLDecoder.decode(query, StandardCharsets.UTF_8).contains("\ufffd"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "utm_source=x&group_by=region, group_by=region",
    "group_by=region&utm_campaign=a&utm_term=, group_by=region",
    "a=1&fbclid=IwAR&b=2, a=1&b=2",
    "a=1&GCLID=1, a=1",
    "_=1700000000&a=1, a=1",
    "_&a=1, a=1",
  })
  void whatOthersAddToLinksLeavesNoTrace(String sent, String written) {
    assertThat(WrittenAddress.query(sent)).isEqualTo(written);
  }

  @Test
  void nothingIsLeftOfAnAddressWithNothingElse() {
    assertThat(WrittenAddress.query("utm_source=x&_=1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"utm=1", "a=utm_source", "fbclidx=1", "__=1", "group_by=_", "xutm_source=1", "a"})
  void otherParametersAreLeftToBeRefused(String query) {
    assertThat(WrittenAddress.query(query)).isSameAs(query);
  }
}
