package fr.opendamir.disclosure;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Level;
import fr.opendamir.testing.GoldenFile;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Golden text of the rendered algorithm; the tests of {@code ingest.aggregate} run it. */
class SafeBlockSqlTest {
  private static final DisclosurePolicy POLICY = PolicyReader.builtIn();
  private static final ContributorWeights WEIGHTS = new ContributorWeights(POLICY, Catalog.load());

  @Test
  void aMonthIsRenderedAsBefore() {
    GoldenFile.compare("disclosure/month.sql", rendered(Optional.empty()));
  }

  @Test
  void aRevisionIsRenderedAsBefore() {
    RevisionSql rules = new RevisionSql(2, WEIGHTS, rows());
    GoldenFile.compare(
        "disclosure/revision.sql", rules.wholeFile() + ";\n" + rendered(Optional.of(rules)));
  }

  /** Single atoms and a recoding that keeps groups, which only a revision renders; the merge. */
  private static String rendered(Optional<RevisionSql> revision) {
    SafeBlockSql sql = new SafeBlockSql(columns(), rows(), key(revision.isPresent()), revision);
    List<String> statements = new ArrayList<>(sql.start());
    statements.addAll(
        List.of(
            sql.weights(), sql.notDisclosed(), sql.wholeFile(), sql.parts(), sql.atoms("true")));
    statements.add(sql.lastBlock());
    statements.add(sql.content("handed_over(1)"));
    statements.add(sql.remainder("layer, pattern", "handed_over(2)"));
    statements.add(sql.merged());
    if (revision.isPresent()) {
      ChangeRulesSql rules = sql.rules().orElseThrow();
      Optional<Recoding> toGroups =
          Optional.of(
              new Recoding(List.of(Level.CARE_LAG, Level.SERVICE_CODE, Level.EXEMPTION_REASON)));
      statements.add(rules.atoms("handed_over(3)"));
      for (Stage stage : Stage.values()) {
        for (Optional<Recoding> recoding : List.of(Optional.<Recoding>empty(), toGroups)) {
          statements.addAll(rules.of(stage, recoding, "handed_over(4)", "handed_over(5)"));
          statements.add(rules.lostLayers(POLICY, recoding.isEmpty()));
        }
        statements.addAll(rules.ofRemainder(stage, 17));
      }
      statements.addAll(rules.end());
    }
    return String.join(";\n", statements) + ";\n";
  }

  private static AtomKey key(boolean ranks) {
    return ranks
        ? AtomKey.ofRanks(columns(), apart(), column -> 50)
        : AtomKey.ofNumbers(columns(), apart(), column -> 99).orElseThrow();
  }

  private static AtomRows rows() {
    return new AtomRows(columns(), apart());
  }

  private static ApartSql apart() {
    return new ApartSql(POLICY, columns(), YearMonth.of(2025, 1));
  }

  private static List<CodeColumn> columns() {
    return DisclosurePolicy.blockDimensions().stream()
        .map(dimension -> new CodeColumn(dimension, true, List.of("G:consultations", "6_11")))
        .toList();
  }
}
