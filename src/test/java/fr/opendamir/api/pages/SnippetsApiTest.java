package fr.opendamir.api.pages;

import static fr.opendamir.testing.ScriptPrograms.PYTHON;
import static fr.opendamir.testing.ScriptPrograms.R;
import static fr.opendamir.testing.ScriptPrograms.output;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.opendamir.api.rest.ServedMonths;
import fr.opendamir.testing.Browser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code that the page offers, run as it is: every snippet gives the 3,260.00 euros of region 11
 * that the table of the page shows.
 */
@QuarkusTest
@QuarkusTestResource(ServedMonths.class)
class SnippetsApiTest {
  private static final String QUESTION =
      "/explore?group_by=region&measures=reimbursed,charged&region=11,84&from=2024-01&to=2024-02";

  private static final Map<String, String> SNIPPETS = new HashMap<>();

  @TestHTTPResource("/")
  URI service;

  @TempDir Path folder;

  @BeforeEach
  void copyFromThePage() {
    if (!SNIPPETS.isEmpty()) {
      return;
    }
    try (Browser browser = Browser.start(service)) {
      browser.open(QUESTION);
      assertThat(browser.find("tbody tr").getText()).contains("11", "3\u202f260,00");
      for (String id : List.of("curl", "python", "r", "javascript", "graphql", "sql", "excel")) {
        browser.evaluate(
            """
            const list = document.querySelector(".card select");
            list.value = arguments[0];
            list.dispatchEvent(new Event("change"));
            """,
            id);
        browser.until("document.querySelector('.card select').value === '" + id + "'");
        browser.until("!/^-- /.test(document.querySelector('.card pre').innerText)");
        SNIPPETS.put(id, browser.find("button[data-copy=snippet]").getDomAttribute("data-text"));
      }
    }
    assertThat(SNIPPETS.values()).doesNotHaveDuplicates();
  }

  @AfterAll
  static void forget() {
    SNIPPETS.clear();
  }

  @Test
  void curlSavesAFile() throws IOException, InterruptedException {
    assumeThat(output("curl", "--version")).as("curl is installed").isPresent();
    String command = "cd '" + folder + "' && " + SNIPPETS.get("curl");
    assertThat(output("sh", "-c", command)).isPresent();
    assertThat(folder.resolve("open-damir.csv")).content().contains("11,Île-de-France,3260.00");
  }

  @Test
  void pandasReadsIt() throws IOException, InterruptedException {
    assumeThat(output(PYTHON, "-c", "import pandas")).as("pandas is installed").isPresent();
    assertThat(written(PYTHON, "-c", SNIPPETS.get("python"))).contains("11", "3260.0");
  }

  @Test
  void rReadsIt() throws IOException, InterruptedException {
    assumeThat(output(R, "--version")).as("R is installed").isPresent();
    assertThat(written(R, "-e", SNIPPETS.get("r"))).contains("11", "3260");
  }

  @Test
  void javascriptReadsIt() throws IOException, InterruptedException {
    assumeThat(output("node", "--version")).as("node is installed").isPresent();
    assertThat(written("node", "--input-type=module", "-e", SNIPPETS.get("javascript")))
        .contains("'11'", "3260", "suppressed");
  }

  @Test
  void graphqlAnswersIt() {
    String answer =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("query", SNIPPETS.get("graphql")))
            .post("/graphql")
            .asString();
    assertThat(answer).contains("\"code\":\"11\"", "3260").doesNotContain("\"errors\"");
  }

  /** DuckDB reads files of the release, which are downloaded first: it has no HTTP reader here. */
  @Test
  void duckDbAnswersItFromTheFiles() throws IOException, SQLException {
    Matcher addresses = Pattern.compile("'(http[^']+)'").matcher(SNIPPETS.get("sql"));
    StringBuilder sql = new StringBuilder();
    for (int i = 0; addresses.find(); i++) {
      Path file = folder.resolve(i + ".parquet");
      Files.write(file, given().get(addresses.group(1)).asByteArray());
      addresses.appendReplacement(sql, Matcher.quoteReplacement("'" + file + "'"));
    }
    addresses.appendTail(sql);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.toString())) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("region")).isEqualTo("11");
      assertThat(rows.getDouble("reimbursed")).isEqualTo(3260.00);
      assertThat(rows.next()).as("region 84 is suppressed").isFalse();
    }
  }

  /** Power Query runs in Excel alone: its address, separator and columns are those of the file. */
  @Test
  void powerQueryNamesTheFileAndItsColumns() {
    String code = SNIPPETS.get("excel");
    Matcher address = Pattern.compile("Web\\.Contents\\(\"([^\"]+)\"\\)").matcher(code);
    assertThat(address.find()).isTrue();
    String csv = given().urlEncodingEnabled(false).get(address.group(1)).asString();
    List<String> header = List.of(csv.lines().findFirst().orElseThrow().split(","));
    assertThat(csv).contains("3260.00");
    Matcher columns = Pattern.compile("\\{\"([a-z_]+)\", type").matcher(code);
    assertThat(columns.results().map(found -> found.group(1))).isSubsetOf(header).hasSize(3);
  }

  private static String written(String... command) throws IOException, InterruptedException {
    return String.join("\n", output(command).orElseThrow());
  }
}
