package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Solves for the sides of a cell whose code in a dimension is not disclosed, where acts of one side
 * cost a known sum and those of the other a known smaller one: acts and their amount are two
 * equations for two unknowns.
 */
final class Equations implements FigureAttack {
  /** What acts that are not exempt are reimbursed less. */
  static final BigDecimal PATIENT_SHARE = new BigDecimal("0.30");

  private static final List<List<String>> TABLES =
      List.of(
          List.of("service"),
          List.of("region", "service"),
          List.of("age_band", "service"),
          List.of("sex", "service"),
          List.of("region", "age_band", "service"),
          List.of("region", "sex", "service"),
          List.of("age_band", "sex", "service"),
          List.of("region", "age_band", "sex", "service"));

  /** Acts and euros of rows. */
  private record Sum(long acts, BigDecimal amount) {
    static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

    Sum and(Sum other) {
      return new Sum(acts + other.acts, amount.add(other.amount));
    }
  }

  private final String name;
  private final String dimension;
  private final String measure;

  /** The codes of acts of the smaller and of the full price. */
  private final List<String> cheaper;

  private final List<String> full;

  /** By service, the full price, and by how much the other one is smaller. */
  private final Map<String, BigDecimal> prices;

  private final Function<BigDecimal, BigDecimal> difference;

  private Equations(
      String name,
      String dimension,
      String measure,
      List<String> cheaper,
      List<String> full,
      Map<String, BigDecimal> prices,
      Function<BigDecimal, BigDecimal> difference) {
    this.name = name;
    this.dimension = dimension;
    this.measure = measure;
    this.cheaper = cheaper;
    this.full = full;
    this.prices = prices;
    this.difference = difference;
  }

  /** Acts at a known tariff are reimbursed at 70 % or, if exempt, at 100 %. */
  static Equations ofRates() {
    return new Equations(
        "Equations of tariffs and rates",
        "exemption",
        "reimbursed",
        List.of("0"),
        List.of("42"),
        RatesMonth.TARIFFS,
        price -> price.multiply(PATIENT_SHARE));
  }

  /** Acts before a change of the tariff had another base. */
  static Equations ofTariffs() {
    return new Equations(
        "Equations of two tariffs",
        "care_lag",
        "reimbursement_base",
        TariffMonth.BEFORE,
        TariffMonth.SINCE,
        Map.of(TariffMonth.SERVICE, TariffMonth.TARIFF),
        price -> price.subtract(TariffMonth.TARIFF_BEFORE));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name, figures::questions);
    List<List<String>> tables = new ArrayList<>(TABLES);
    List<String> finest = new ArrayList<>(figures.finest());
    finest.remove(dimension);
    tables.add(finest);
    tables.forEach(levels -> attack(score, figures, month, levels));
    return score.result();
  }

  private void attack(Score score, PublishedFigures figures, FullMonth month, List<String> levels) {
    List<String> withDimension = new ArrayList<>(levels);
    withDimension.add(dimension);
    Map<List<String>, Sum> hidden = new HashMap<>();
    Map<List<String>, Map<String, Long>> shown = new HashMap<>();
    for (AnswerRow row : figures.rows(withDimension)) {
      String code = row.codes().get(dimension);
      Optional<BigDecimal> amount = row.figure(measure);
      if (row.quantity().isEmpty() || amount.isEmpty()) {
        continue;
      }
      long acts = row.quantity().orElseThrow().longValue();
      if (PublishedTable.isNotDisclosed(code)) {
        hidden.merge(row.key(levels), new Sum(acts, amount.orElseThrow()), Sum::and);
      } else {
        shown.computeIfAbsent(row.key(levels), key -> new HashMap<>()).merge(code, acts, Long::sum);
      }
    }
    month
        .cells(levels)
        .forEach(
            (cell, lines) -> {
              BigDecimal price = prices.get(lines.get(0).codes().get("service"));
              if (price == null) {
                return;
              }
              Sum sum = hidden.getOrDefault(cell, Sum.NOTHING);
              Map<String, Long> published = shown.getOrDefault(cell, Map.of());
              for (List<String> side : List.of(cheaper, full)) {
                long truth =
                    lines.stream()
                            .filter(line -> side.contains(line.codes().get(dimension)))
                            .mapToLong(FullLine::acts)
                            .sum()
                        - side.stream().mapToLong(code -> published.getOrDefault(code, 0L)).sum();
                if (TrueCell.isSmall(truth)) {
                  score.cell(new TrueCell(levels, cell, truth), solve(sum, price, side));
                }
              }
            });
  }

  /** The acts on one side, if the equations have a solution. */
  private OptionalLong solve(Sum sum, BigDecimal price, List<String> side) {
    return cheaper(sum.acts(), sum.amount(), price, difference.apply(price))
        .map(acts -> OptionalLong.of(side.equals(cheaper) ? acts : sum.acts() - acts))
        .filter(acts -> acts.getAsLong() != 0)
        .orElse(OptionalLong.empty());
  }

  /** How many of the acts have the smaller price; empty if their amount is not one of such acts. */
  static Optional<Long> cheaper(
      long acts, BigDecimal amount, BigDecimal price, BigDecimal difference) {
    BigDecimal missing = price.multiply(BigDecimal.valueOf(acts)).subtract(amount);
    BigDecimal[] parts = missing.divideAndRemainder(difference);
    long found = parts[0].longValue();
    boolean possible =
        parts[1].signum() == 0
            && Math.abs(found) <= Math.abs(acts)
            && (found == 0 || Long.signum(found) == Long.signum(acts));
    return possible ? Optional.of(found) : Optional.empty();
  }
}
