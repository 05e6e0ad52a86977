package fr.opendamir.api.doors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the files of a release hold: what their list says, readable in parts. */
@QuarkusTest
@WithTestResource(RolledUpMonths.class)
class FileContentApiTest {
  private static final String ORDER_OF_BLOCKS =
      "service, exemption, supplement, insurance, provider_specialty, facility_type,"
          + " provider_activity, care_lag, sex, age_band, region, complementary_cover, quantity,"
          + " charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all";

  @TestHTTPResource("/")
  URI base;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void filesHoldWhatTheListSaysInAnOrderThatTellsNothing() {
    try (DownloadedFiles files = DownloadedFiles.of(http, base, "latest")) {
      for (JsonNode resource : files.list().get("resources")) {
        String kind = resource.get("kind").textValue();
        String file =
            "read_parquet('%s')"
                .formatted(files.folder().resolve(resource.get("path").textValue()));
        List<String> columns =
            files.query("DESCRIBE SELECT * FROM " + file).stream().map(row -> row.get(0)).toList();
        List<String> documented = new ArrayList<>();
        resource
            .at("/schema/fields")
            .forEach(field -> documented.add(field.get("name").textValue()));

        assertThat(columns).as(kind).isEqualTo(documented);
        assertThat(columns)
            .noneMatch(name -> name.matches(".*(contribut|person|unit|layer|block).*"));
        assertThat(files.query("SELECT count(*) FROM " + file).get(0).get(0))
            .isEqualTo(resource.get("rows").asText());
        resource
            .path("totals")
            .properties()
            .forEach(
                total ->
                    assertThat(
                            files
                                .query(
                                    "SELECT coalesce(sum(%s), 0) FROM %s"
                                        .formatted(total.getKey(), file))
                                .get(0)
                                .get(0))
                        .as("%s of %s", total.getKey(), resource.get("name"))
                        .isEqualTo(
                            total
                                .getValue()
                                .decimalValue()
                                .movePointRight(total.getKey().equals("quantity") ? 0 : 2)
                                .toBigInteger()
                                .toString()));
        if (kind.equals("cube")) {
          String order = "month, region, age_band, sex, service_group";
          assertThat(files.query("SELECT * FROM " + file))
              .isEqualTo(files.query("SELECT * FROM " + file + " ORDER BY " + order));
          assertThat(files.query("SELECT DISTINCT " + order + " FROM " + file))
              .hasSize(resource.get("rows").asInt());
        } else if (kind.equals("blocks")) {
          assertThat(files.query("SELECT * FROM " + file))
              .as("the order of rows is of what they tell")
              .isEqualTo(files.query("SELECT * FROM " + file + " ORDER BY " + ORDER_OF_BLOCKS));
        }
      }
      assertThat(
              files.query(
                  "SELECT level, code FROM %s b UNPIVOT (code FOR level IN (COLUMNS(* EXCLUDE (quantity, charged, reimbursed, excess_fees, reimbursement_base, reimbursed_all)))) ANTI JOIN %s c USING (level, code)"
                      .formatted(files.from("blocks"), files.from("codes"))))
          .as("codes without a label")
          .isEmpty();
      assertThat(
              files.query(
                  "SELECT code, valid_from, valid_to FROM %s WHERE level = 'region' AND code IN ('11', 'Z8', 'ND') ORDER BY code"
                      .formatted(files.from("codes"))))
          .containsExactly(
              Arrays.asList("11", "2015-01", null),
              Arrays.asList("ND", null, null),
              Arrays.asList("Z8", null, "2014-12"));
    }
  }

  /** Reads like the HTTP reader of DuckDB: the footer, then the chunks of one column. */
  @Test
  void aColumnIsReadWithRangesOfTheFileAlone() throws IOException {
    JsonNode list = FigureReader.json(get("/v1/releases/latest/files").body());
    JsonNode resource = list.at("/resources/0");
    String address = resource.get("href").textValue();
    int size = resource.get("bytes").asInt();
    Path partial = Files.createTempFile("ranges", ".parquet");
    try (RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw");
        DownloadedFiles files = DownloadedFiles.of(http, base, "latest")) {
      file.setLength(size);
      long read = copy(address, file, 0, 4) + copy(address, file, size - 8L, 8);
      byte[] end = new byte[8];
      file.seek(size - 8L);
      file.readFully(end);
      assertThat(new String(end, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
      int footer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
      read += copy(address, file, size - 8L - footer, footer);
      for (List<String> chunk :
          files.query(
              "SELECT coalesce(dictionary_page_offset, data_page_offset), total_compressed_size FROM parquet_metadata('%s') WHERE path_in_schema = 'charged'"
                  .formatted(partial))) {
        read += copy(address, file, Long.parseLong(chunk.get(0)), Integer.parseInt(chunk.get(1)));
      }

      assertThat(files.query("SELECT sum(charged) FROM read_parquet('%s')".formatted(partial)))
          .isEqualTo(
              files.query(
                  "SELECT sum(charged) FROM read_parquet('%s')"
                      .formatted(files.folder().resolve(resource.get("path").textValue()))));
      assertThat(read).isLessThan(size / 2);
    }
  }

  private long copy(String address, RandomAccessFile file, long first, int length)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(address))
            .header("Range", "bytes=%d-%d".formatted(first, first + length - 1))
            .build();
    HttpResponse<byte[]> part = http.sendAsync(request, BodyHandlers.ofByteArray()).join();
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(length);
    file.seek(first);
    file.write(part.body());
    return length;
  }

  private HttpResponse<String> get(String path) {
    return http.sendAsync(
            HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString())
        .join();
  }
}
