package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.LocalizedOptimFormats;
import org.hipparchus.optim.MaxIter;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * Asks of every small cell how little and how much it can hold, given everything that is shown.
 *
 * <p>Cells of a threshold service are between 1 and 10 and must add up to what the margins have
 * left: often only one value fits, even where the equations alone leave freedom. Only intervals of
 * one value count, and one correct one is a disclosure, whatever guessing gives.
 */
final class BoundsAttack implements Attack {
  private static final List<String> CELLS = List.of("region", "age_band", "sex");
  private static final List<List<String>> MARGINS =
      List.of(List.of("region", "age_band"), List.of("region", "sex"), List.of("age_band", "sex"));
  private static final int MOST_PROGRAMS = 600;
  private static final long MOST_NANOSECONDS = 10_000_000_000L;
  private static final int MOST_STEPS = 3_000;
  private static final double SMALL = 1e-6;

  @Override
  public String name() {
    return "Bounds by linear programming";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Score score = new Score(name(), client).claimingCertainty();
    long deadline = System.nanoTime() + MOST_NANOSECONDS;
    int programs = 0;
    for (String service : SmallCellsMonth.NARROW) {
      Program program = new Program(client, service);
      for (TrueCell cell : truth.smallCells(List.of("region", "age_band", "sex", "service"))) {
        boolean affordable = programs < MOST_PROGRAMS && System.nanoTime() < deadline;
        if (cell.code("service").equals(service) && affordable) {
          programs += 2;
          score.cell(cell, program.onlyValue(cell.codes().subList(0, CELLS.size())));
        }
      }
    }
    return score.result();
  }

  /** The cells of one service that are not shown, and what is known of them. */
  private static final class Program {
    private final PublishedTable cells;
    private final boolean absentMayBeThere;
    private final Map<List<String>, Integer> unknown = new HashMap<>();
    private final Collection<LinearConstraint> strict = new ArrayList<>();
    private final Collection<LinearConstraint> lenient = new ArrayList<>();

    /** Of the strict constraints: what was given up is not all of the unknown cells. */
    private boolean isContradictory;

    Program(AttackClient client, String service) {
      cells = table(client, service, CELLS);
      absentMayBeThere = cells.holdsNotDisclosed();
      for (String region : cells.codes("region")) {
        for (String age : cells.codes("age_band")) {
          for (String sex : cells.codes("sex")) {
            addUnknown(List.of(region, age, sex));
          }
        }
      }
      for (List<String> levels : MARGINS) {
        addMargin(table(client, service, levels));
      }
      for (List<String> cell : cells.hidden()) {
        if (unknown.containsKey(cell)) {
          double[] one = new double[unknown.size()];
          one[unknown.get(cell)] = 1;
          add(new LinearConstraint(one, Relationship.LEQ, 10));
          add(new LinearConstraint(one, Relationship.GEQ, 1));
        }
      }
    }

    private static PublishedTable table(AttackClient client, String service, List<String> levels) {
      Answer answer = client.ask(Question.of(levels).where("service", service));
      return new PublishedTable(answer, levels, "quantity");
    }

    private void add(LinearConstraint constraint) {
      strict.add(constraint);
      lenient.add(constraint);
    }

    private void addUnknown(List<String> cell) {
      boolean absent = !cells.shown().containsKey(cell);
      if (isDisclosed(cell) && (cells.hidden().contains(cell) || (absent && absentMayBeThere))) {
        unknown.put(cell, unknown.size());
      }
    }

    /**
     * The unknown cells of a line hold what its total has more than the cells that are shown. Of
     * totals that gave up one of the line's codes any part may be theirs too.
     */
    private void addMargin(PublishedTable totals) {
      for (Map.Entry<List<String>, BigDecimal> total : totals.shown().entrySet()) {
        double[] sum = new double[unknown.size()];
        int count = 0;
        for (Map.Entry<List<String>, Integer> cell : unknown.entrySet()) {
          if (line(cell.getKey(), totals.levels()).equals(total.getKey())) {
            sum[cell.getValue()] = 1;
            count++;
          }
        }
        if (count > 0) {
          double rest = total.getValue().doubleValue() - shown(totals.levels(), total.getKey());
          double most = rest + elsewhere(totals, total.getKey());
          lenient.add(new LinearConstraint(sum, Relationship.LEQ, most));
          if (most == rest) {
            strict.add(new LinearConstraint(sum, Relationship.EQ, rest));
          } else {
            strict.add(new LinearConstraint(sum, Relationship.GEQ, rest));
            strict.add(new LinearConstraint(sum, Relationship.LEQ, most));
          }
        }
      }
    }

    private double shown(List<String> levels, List<String> line) {
      return cells.shown().entrySet().stream()
          .filter(cell -> isDisclosed(cell.getKey()) && line(cell.getKey(), levels).equals(line))
          .mapToDouble(cell -> cell.getValue().doubleValue())
          .sum();
    }

    /** What is published without one of the codes of the line, or without both. */
    private static double elsewhere(PublishedTable totals, List<String> line) {
      double sum = 0;
      for (Map.Entry<List<String>, BigDecimal> other : totals.shown().entrySet()) {
        boolean compatible = !other.getKey().equals(line);
        for (int i = 0; i < line.size(); i++) {
          String code = other.getKey().get(i);
          compatible &= code.equals(line.get(i)) || PublishedTable.isNotDisclosed(code);
        }
        sum += compatible ? other.getValue().doubleValue() : 0;
      }
      return sum;
    }

    private static List<String> line(List<String> cell, List<String> levels) {
      return levels.stream().map(level -> cell.get(CELLS.indexOf(level))).toList();
    }

    private static boolean isDisclosed(List<String> cell) {
      return cell.stream().noneMatch(PublishedTable::isNotDisclosed);
    }

    OptionalLong onlyValue(List<String> cell) {
      Integer index = unknown.get(cell);
      if (index == null) {
        return OptionalLong.empty();
      }
      if (isContradictory) {
        return lenientValue(index);
      }
      try {
        return onlyValue(index, strict);
      } catch (MathRuntimeException e) {
        isContradictory = e.getSpecifier() == LocalizedOptimFormats.NO_FEASIBLE_SOLUTION;
        return lenientValue(index);
      }
    }

    private OptionalLong lenientValue(int index) {
      try {
        return onlyValue(index, lenient);
      } catch (MathRuntimeException e) {
        // No bound or too many steps: nothing is learned.
        return OptionalLong.empty();
      }
    }

    private OptionalLong onlyValue(int index, Collection<LinearConstraint> constraints) {
      double least = Math.ceil(bound(index, GoalType.MINIMIZE, constraints) - SMALL);
      double most = Math.floor(bound(index, GoalType.MAXIMIZE, constraints) + SMALL);
      return least == most ? OptionalLong.of(Math.round(least)) : OptionalLong.empty();
    }

    private double bound(int index, GoalType goal, Collection<LinearConstraint> constraints) {
      double[] cell = new double[unknown.size()];
      cell[index] = 1;
      return new SimplexSolver()
          .optimize(
              new MaxIter(MOST_STEPS),
              new LinearObjectiveFunction(cell, 0),
              new LinearConstraintSet(constraints),
              goal,
              new NonNegativeConstraint(true))
          .getPoint()[index];
    }
  }
}
