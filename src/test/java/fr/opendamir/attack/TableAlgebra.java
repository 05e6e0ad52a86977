package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Writes every published table over region, age band and sex of one service as equations between
 * the cells of the finest of them, and solves.
 *
 * <p>Hiding a second cell beside the first stops a subtraction, not a system of equations: tables
 * with different margins share their cells. A cell counts as found when the equations leave it no
 * freedom.
 */
final class TableAlgebra implements Attack {
  private static final List<String> DIMENSIONS = List.of("region", "age_band", "sex");
  private static final int MOST_UNKNOWN = 300;
  private static final double SMALL = 1e-7;

  @Override
  public String name() {
    return "Linear algebra over two-way tables";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    return run(client, truth, true).orBetter(run(client, truth, false));
  }

  private AttackResult run(AttackClient client, Truth truth, boolean notDisclosedIsACode) {
    Score score = new Score(name(), client);
    for (String service : SmallCellsMonth.NARROW) {
      Map<List<String>, Double> found = solve(client, service, notDisclosedIsACode);
      List<String> dimensions = new ArrayList<>(DIMENSIONS);
      dimensions.add("service");
      for (TrueCell cell : truth.smallCells(dimensions)) {
        if (cell.code("service").equals(service)) {
          Double value = found.get(cell.codes().subList(0, DIMENSIONS.size()));
          score.cell(
              cell, value == null ? OptionalLong.empty() : OptionalLong.of(Math.round(value)));
        }
      }
    }
    return score.result();
  }

  /** The unknown cells of a service that the tables determine. */
  private static Map<List<String>, Double> solve(
      AttackClient client, String service, boolean notDisclosedIsACode) {
    PublishedTable cells = table(client, service, DIMENSIONS);
    Map<List<String>, Integer> unknown = unknown(cells, notDisclosedIsACode);
    if (unknown.isEmpty() || unknown.size() > MOST_UNKNOWN) {
      return Map.of();
    }
    List<double[]> rows = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    for (List<String> levels : subsets()) {
      equations(table(client, service, levels), cells, unknown, notDisclosedIsACode, rows, right);
    }
    return rows.isEmpty() ? Map.of() : determined(unknown, rows, right);
  }

  private static PublishedTable table(AttackClient client, String service, List<String> levels) {
    Answer answer = client.ask(Question.of(levels).where("service", service));
    return new PublishedTable(answer, levels, "quantity");
  }

  /** Hidden cells and, where detail was given up, cells that are not there. */
  private static Map<List<String>, Integer> unknown(
      PublishedTable cells, boolean notDisclosedIsACode) {
    Map<List<String>, Integer> unknown = new HashMap<>();
    boolean absentMayBeThere = cells.holdsNotDisclosed();
    for (String region : cells.codes("region")) {
      for (String age : cells.codes("age_band")) {
        for (String sex : cells.codes("sex")) {
          List<String> cell = List.of(region, age, sex);
          boolean considered =
              notDisclosedIsACode || cell.stream().noneMatch(PublishedTable::isNotDisclosed);
          boolean absent = !cells.shown().containsKey(cell);
          if (considered && (cells.hidden().contains(cell) || (absent && absentMayBeThere))) {
            unknown.put(cell, unknown.size());
          }
        }
      }
    }
    return unknown;
  }

  private static void equations(
      PublishedTable sums,
      PublishedTable cells,
      Map<List<String>, Integer> unknown,
      boolean notDisclosedIsACode,
      List<double[]> rows,
      List<Double> right) {
    for (Map.Entry<List<String>, BigDecimal> sum : sums.shown().entrySet()) {
      double rest = sum.getValue().doubleValue();
      for (Map.Entry<List<String>, BigDecimal> cell : cells.shown().entrySet()) {
        boolean considered =
            notDisclosedIsACode || cell.getKey().stream().noneMatch(PublishedTable::isNotDisclosed);
        if (considered && belongs(cell.getKey(), sum.getKey(), sums.levels())) {
          rest -= cell.getValue().doubleValue();
        }
      }
      double[] row = new double[unknown.size()];
      boolean says = false;
      for (Map.Entry<List<String>, Integer> cell : unknown.entrySet()) {
        if (belongs(cell.getKey(), sum.getKey(), sums.levels())) {
          row[cell.getValue()] = 1;
          says = true;
        }
      }
      if (says) {
        rows.add(row);
        right.add(rest);
      }
    }
  }

  private static boolean belongs(List<String> cell, List<String> sum, List<String> levels) {
    for (int i = 0; i < levels.size(); i++) {
      if (!sum.get(i).equals(cell.get(DIMENSIONS.indexOf(levels.get(i))))) {
        return false;
      }
    }
    return true;
  }

  /** A cell is determined when no solution of the equations with zero on the right moves it. */
  private static Map<List<String>, Double> determined(
      Map<List<String>, Integer> unknown, List<double[]> rows, List<Double> right) {
    // As many rows as columns at least, so that the right singular vectors are complete.
    double[][] coefficients = new double[Math.max(rows.size(), unknown.size())][unknown.size()];
    double[] sums = new double[coefficients.length];
    for (int i = 0; i < rows.size(); i++) {
      coefficients[i] = rows.get(i);
      sums[i] = right.get(i);
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(coefficients, false));
    RealMatrix directions = svd.getV();
    RealMatrix left = svd.getU();
    double[] strengths = svd.getSingularValues();
    RealVector solution = new ArrayRealVector(unknown.size());
    double[] freedom = new double[unknown.size()];
    for (int k = 0; k < strengths.length; k++) {
      RealVector direction = directions.getColumnVector(k);
      if (strengths[k] > SMALL * strengths[0]) {
        double share = left.getColumnVector(k).dotProduct(new ArrayRealVector(sums, false));
        solution = solution.add(direction.mapMultiply(share / strengths[k]));
      } else {
        for (int j = 0; j < freedom.length; j++) {
          freedom[j] = Math.max(freedom[j], Math.abs(direction.getEntry(j)));
        }
      }
    }
    Map<List<String>, Double> determined = new HashMap<>();
    for (Map.Entry<List<String>, Integer> cell : unknown.entrySet()) {
      if (freedom[cell.getValue()] < SMALL) {
        determined.put(cell.getKey(), solution.getEntry(cell.getValue()));
      }
    }
    return determined;
  }

  private static List<List<String>> subsets() {
    return List.of(
        List.of("region", "age_band"),
        List.of("region", "sex"),
        List.of("age_band", "sex"),
        List.of("region"),
        List.of("age_band"),
        List.of("sex"),
        List.of());
  }
}
