package fr.opendamir.attack;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import fr.opendamir.store.DatabaseRole;
import fr.opendamir.store.DatabaseSettings;
import fr.opendamir.testing.PublishedBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same attacks on the whole table of blocks with all dimensions, against the policy as it is
 * and with one rule disabled.
 */
class FigureAttackDbTest {
  @Test
  void noFigureOfFewPersonsIsInTheWholeTable() throws IOException {
    FullMonth before = ChangeOfOneAtom.month(false);
    List<FullMonth> months =
        List.of(
            RatesMonth.create(),
            PersonsMonth.create(),
            RareAmount.month(),
            TariffMonth.create(),
            LastMerge.month(),
            before);
    DatabaseSettings database = imported(PolicyReader.builtIn(), months);
    DatabaseSettings revised =
        imported(PolicyReader.builtIn(), List.of(before, ChangeOfOneAtom.month(true)));
    List<AttackResult> results = new ArrayList<>();
    for (FullMonth month : months) {
      results.addAll(attack(database, month, FigureAttacks.on(month)));
    }
    results.add(
        ChangeOfOneAtom.run(
            WholeTable.read(database, before.name()), WholeTable.read(revised, before.name())));
    DisclosureReport.write("Figures, protected, whole table", results);
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
    assertThat(results).allMatch(result -> result.attempts() > 0);
  }

  /** Amounts of a line differ in one or two lines only; all others are equal or not there. */
  @Test
  void noMeasureOfFewPersonsIsInTheWholeTableWhereNearlyAllAmountsAreEqual() throws IOException {
    FullMonth month = RatesMonth.nearlyEqual();
    List<AttackResult> results =
        attack(
            imported(PolicyReader.builtIn(), List.of(month)),
            month,
            List.of(AmountOfFew.ofAmounts(), AmountOfFew.ofDifferences()));
    assertThat(results).filteredOn(AttackResult::succeeds).isEmpty();
  }

  /** What a reader of the file sees beside figures: nothing of contributors, and no order. */
  @Test
  void theFileHasNoOtherColumnAndItsOrderFollowsFromItsCodesAndAmounts()
      throws IOException, SQLException {
    DatabaseSettings database = imported(PolicyReader.builtIn(), List.of(RatesMonth.create()));
    Path file = Files.createTempFile("segment", ".parquet");
    try (Connection postgres = database.as(DatabaseRole.READER).connect();
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      PublishedBlocks.write(postgres, 1, file);
      String stored = "read_parquet('" + file + "')";
      assertThat(texts(duckDb, "SELECT column_name FROM (DESCRIBE FROM " + stored + ")"))
          .containsExactly(
              ("month care_lag region age_band sex service service_group service_kind"
                      + " provider_specialty provider_activity exemption exemption_group insurance"
                      + " facility_type supplement complementary_cover quantity charged reimbursed"
                      + " excess_fees reimbursement_base reimbursed_all")
                  .split(" "));
      assertThat(texts(duckDb, "SELECT r::VARCHAR FROM " + stored + " r"))
          .hasSizeGreaterThan(10)
          .isEqualTo(
              texts(
                  duckDb,
                  "SELECT r::VARCHAR FROM (FROM "
                      + stored
                      + " ORDER BY hash(charged, quantity)) r ORDER BY service, exemption,"
                      + " supplement, insurance, provider_specialty, facility_type,"
                      + " provider_activity, care_lag, sex, age_band, region, complementary_cover,"
                      + " quantity, charged, reimbursed, excess_fees, reimbursement_base,"
                      + " reimbursed_all"));
      assertThat(texts(duckDb, "SELECT key FROM parquet_kv_metadata('" + file + "')")).isEmpty();
    }
    Files.delete(file);
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
    }
    return found;
  }

  static Stream<Arguments> rules() {
    FullMonth rates = RatesMonth.create();
    FullMonth persons = PersonsMonth.create();
    return Stream.of(
        Arguments.of(
            WeakenedPolicy.AMOUNTS_OF_FEW,
            Map.of(
                rates,
                List.of(AmountOfFew.ofAmounts(), AmountOfFew.ofDifferences()),
                RareAmount.month(),
                List.of(new RareAmount()))),
        rule(WeakenedPolicy.EQUATIONS, rates, Equations.ofRates()),
        rule(WeakenedPolicy.TARIFF_CHANGES, TariffMonth.create(), Equations.ofTariffs()),
        rule(WeakenedPolicy.SERVICES_ARE_PERSONS, persons, new OnePersonsBlock()),
        rule(WeakenedPolicy.DAYS_ARE_PERSONS, persons, new OnePersonsBlock()),
        rule(WeakenedPolicy.LINES_ARE_PERSONS, persons, new OnePersonsBlock()),
        rule(WeakenedPolicy.PARTS, persons, new PartsAtTheLimit()),
        rule(WeakenedPolicy.DOMINANCE, persons, new DominatingLine()));
  }

  private static Arguments rule(WeakenedPolicy weakened, FullMonth month, FigureAttack attack) {
    return Arguments.of(weakened, Map.of(month, List.of(attack)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void withoutTheirRuleAttacksSucceed(
      WeakenedPolicy weakened, Map<FullMonth, List<FigureAttack>> attacks) throws IOException {
    DatabaseSettings database = imported(weakened.policy(), List.copyOf(attacks.keySet()));
    attacks.forEach(
        (month, onMonth) ->
            onMonth.forEach(
                attack -> {
                  List<AttackResult> results = attack(database, month, List.of(attack));
                  DisclosureReport.write(
                      "Figures, weakened: without " + weakened + ", " + attack.name(), results);
                  assertThat(results).allMatch(AttackResult::succeeds);
                }));
  }

  /** As the blocks of policy blocks-11 were: there is no such rule to disable any more. */
  @Test
  void theBlocksOfTheEarlierPolicyTellWhatTheLastMergeJoinedAndWhatAChangeLeft() {
    List<AttackResult> results =
        List.of(
            new LastMerge().run(LastMerge.asPublishedBefore(), LastMerge.month()),
            ChangeOfOneAtom.run(
                WholeTable.of(ChangeOfOneAtom.month(false).lines()),
                ChangeOfOneAtom.asPublishedBefore()));
    DisclosureReport.write("Figures, weakened: as published under blocks-11", results);
    assertThat(results).allMatch(AttackResult::succeeds);
  }

  private static List<AttackResult> attack(
      DatabaseSettings database, FullMonth month, List<FigureAttack> attacks) {
    WholeTable table = WholeTable.read(database, month.name());
    return attacks.stream().map(attack -> attack.run(table, month)).toList();
  }

  private static DatabaseSettings imported(DisclosurePolicy policy, List<FullMonth> months)
      throws IOException {
    return FigureMonths.imported(policy, months).settings();
  }
}
