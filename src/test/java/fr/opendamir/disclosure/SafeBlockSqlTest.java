package fr.opendamir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Golden text of the rendered algorithm; the tests of {@code ingest.aggregate} run it. */
class SafeBlockSqlTest {
  private static final DisclosurePolicy POLICY = PolicyReader.builtIn();
  private static final ContributorWeights WEIGHTS = new ContributorWeights(POLICY, Catalog.load());

  @Test
  void aMonthIsRenderedAsBefore() throws IOException {
    assertThat(rendered(Optional.empty())).isEqualTo(golden("month.sql"));
  }

  @Test
  void aRevisionIsRenderedAsBefore() throws IOException {
    RevisionSql rules = new RevisionSql(columns(), 2, WEIGHTS);
    assertThat(rendered(Optional.of(rules)) + rules.unitsOfTheFile())
        .isEqualTo(golden("revision.sql"));
  }

  /** The split, a recoding that keeps groups, one that keeps nothing. */
  private static String rendered(Optional<RevisionSql> revision) {
    SafeBlockSql sql = new SafeBlockSql(POLICY, columns(), WEIGHTS, revision);
    List<String> statements = new ArrayList<>(sql.split());
    statements.addAll(
        sql.recode(
            new Recoding(List.of(Level.CARE_LAG, Level.SERVICE_CODE, Level.EXEMPTION_REASON))));
    statements.addAll(sql.recode(POLICY.recodings().get(POLICY.recodings().size() - 1)));
    return String.join(";\n", statements) + ";\n";
  }

  private static List<CodeColumn> columns() {
    return DisclosurePolicy.blockDimensions().stream()
        .map(dimension -> new CodeColumn(dimension, true, List.of()))
        .toList();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = SafeBlockSqlTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
