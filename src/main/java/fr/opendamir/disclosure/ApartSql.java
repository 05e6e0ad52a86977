package fr.opendamir.disclosure;

import static java.util.stream.Collectors.joining;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.ReservedCodes;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The classes of contributors that stay apart until the last recoding, although their codes are
 * given up, because the amounts of a block would reveal how many contributors of each class it has:
 * rates of reimbursement differ between exempt and other contributors, prices between care before
 * and after a change of tariffs.
 */
public final class ApartSql {
  private static final int LONGEST_SINGLE_LAG = 5;
  private static final int LONGEST_LAG_OF_A_YEAR = 11;

  private final DisclosurePolicy policy;
  private final List<CodeColumn> columns;
  private final YearMonth month;

  /**
   * Renders the rule for one monthly file.
   *
   * @param month the month of processing
   */
  public ApartSql(DisclosurePolicy policy, List<CodeColumn> columns, YearMonth month) {
    this.policy = policy;
    this.columns = List.copyOf(columns);
    this.month = month;
  }

  /**
   * Renders the number of the class of a row with the columns {@code exemption_class}, {@code
   * care_lag} and {@code service_group}.
   */
  String expression() {
    String sql = "exemption_class";
    for (String group : groups()) {
      sql =
          "(%s * 2 + (service_group = %s AND care_lag NOT IN (%s))::INTEGER)"
              .formatted(
                  sql,
                  CodeColumn.of(Dimension.SERVICE, columns).literal(ReservedCodes.ofGroup(group)),
                  lagsSinceLastChange(group));
    }
    return sql;
  }

  /** The number of classes: {@link #expression} is less. */
  int classes() {
    return (policy.exemptionClasses().size() + 1) << groups().size();
  }

  /** The groups of services with a change of tariffs up to the month. */
  private List<String> groups() {
    return policy.tariffChanges().stream()
        .filter(change -> !change.month().isAfter(month))
        .map(TariffChange::serviceGroup)
        .distinct()
        .sorted()
        .toList();
  }

  /** The lags of care that was given since the last change of tariffs. */
  private String lagsSinceLastChange(String group) {
    long months =
        policy.tariffChanges().stream()
            .filter(change -> change.serviceGroup().equals(group))
            .mapToLong(change -> change.month().until(month, ChronoUnit.MONTHS))
            .filter(since -> since >= 0)
            .min()
            .orElseThrow();
    CodeColumn lag = CodeColumn.of(Dimension.CARE_LAG, columns);
    Stream<String> single =
        IntStream.rangeClosed(0, LONGEST_SINGLE_LAG)
            .filter(i -> i <= months)
            .mapToObj(String::valueOf);
    Stream<String> ofAYear = months >= LONGEST_LAG_OF_A_YEAR ? Stream.of("6_11") : Stream.empty();
    return Stream.concat(single, ofAYear).map(lag::literal).collect(joining(", "));
  }
}
