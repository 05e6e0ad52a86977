package fr.opendamir.attack;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Asks for the totals of random halves of the regions by random halves of the age bands, and finds
 * the cells that fit best.
 *
 * <p>Every such total is large, so that a threshold at question time never hides one; with more
 * totals than cells the cells follow, and they would follow from rounded or noisy totals too (Dinur
 * and Nissim's reconstruction).
 */
final class LeastSquares implements Attack {
  private static final long SEED = 43;
  private static final int TOTALS = 420;
  private static final String SERVICE = SmallCellsMonth.NARROW.get(0);
  private static final String SEX = "2";
  private static final String NOT_DISCLOSED = "ND";

  @Override
  public String name() {
    return "Least squares over random halves";
  }

  @Override
  public AttackResult run(AttackClient client, Truth truth) {
    Score score = new Score(name(), client);
    List<String> regions = codes(truth, "region");
    List<String> ages = codes(truth, "age_band");
    double[] cells = solve(client, regions, ages);
    for (TrueCell cell : truth.smallCells(List.of("region", "age_band", "service", "sex"))) {
      if (cell.code("service").equals(SERVICE) && cell.code("sex").equals(SEX)) {
        int index =
            regions.indexOf(cell.code("region")) * ages.size()
                + ages.indexOf(cell.code("age_band"));
        score.cell(cell, OptionalLong.of(Math.round(cells[index])));
      }
    }
    return score.result();
  }

  private static double[] solve(AttackClient client, List<String> regions, List<String> ages) {
    Random random = new Random(SEED);
    List<double[]> rows = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    for (int i = 0; i < TOTALS; i++) {
      List<String> someRegions = half(regions, random);
      List<String> someAges = half(ages, random);
      Optional<BigDecimal> total =
          client
              .ask(
                  Question.total()
                      .where("service", SERVICE)
                      .where("sex", SEX)
                      .where("region", someRegions)
                      .where("age_band", someAges))
              .single("quantity");
      if (total.isPresent()) {
        rows.add(row(regions, ages, someRegions, someAges));
        right.add(total.get().doubleValue());
      }
    }
    RealMatrix matrix = new Array2DRowRealMatrix(rows.toArray(double[][]::new), false);
    double[] totals = right.stream().mapToDouble(Double::doubleValue).toArray();
    return new QRDecomposition(matrix)
        .getSolver()
        .solve(new ArrayRealVector(totals, false))
        .toArray();
  }

  private static double[] row(
      List<String> regions, List<String> ages, List<String> someRegions, List<String> someAges) {
    double[] row = new double[regions.size() * ages.size()];
    for (String region : someRegions) {
      for (String age : someAges) {
        row[regions.indexOf(region) * ages.size() + ages.indexOf(age)] = 1;
      }
    }
    return row;
  }

  private static List<String> half(List<String> codes, Random random) {
    List<String> shuffled = new ArrayList<>(codes);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, shuffled.size() / 2);
  }

  /** What was given up has a code as well and can be asked for. */
  private static List<String> codes(Truth truth, String dimension) {
    List<String> codes =
        new ArrayList<>(
            truth.codes(dimension).stream().filter(code -> !code.equals("99")).toList());
    codes.add(NOT_DISCLOSED);
    return codes;
  }
}
