package fr.opendamir.disclosure;

import fr.opendamir.catalog.SourceMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The order of the amounts of a source line, as one number. Lines of equal traits have the same
 * layers, and the sums of their amounts have the sums of their layers ({@link Layer}). The amounts
 * are those that have layers: charge without excess fees, reimbursed, base, reimbursed by all.
 */
public final class LineTraits {
  /** Eleven signs: of the excess fees, of each amount, of the difference of each two of them. */
  public static final int COUNT = 177_147;

  private LineTraits() {}

  /** Returns the traits of a line of these amounts, 0 to {@link #COUNT} - 1. */
  public static int of(
      long charged, long reimbursed, long excessFees, long base, long reimbursedAll) {
    long own = charged - excessFees;
    int traits = Long.signum(excessFees) + 1;
    traits = traits * 3 + Long.signum(own) + 1;
    traits = traits * 3 + comparison(own, reimbursed);
    traits = traits * 3 + comparison(own, base);
    traits = traits * 3 + comparison(own, reimbursedAll);
    traits = traits * 3 + Long.signum(reimbursed) + 1;
    traits = traits * 3 + comparison(reimbursed, base);
    traits = traits * 3 + comparison(reimbursed, reimbursedAll);
    traits = traits * 3 + Long.signum(base) + 1;
    traits = traits * 3 + comparison(base, reimbursedAll);
    return traits * 3 + Long.signum(reimbursedAll) + 1;
  }

  /** 0 if the first number is less, 1 if both are equal, 2 if it is greater. */
  private static int comparison(long first, long second) {
    return first == second ? 1 : first < second ? 0 : 2;
  }

  /**
   * Renders the same in SQL.
   *
   * @param amount renders an amount of the line
   */
  public static String sql(Function<SourceMeasure, String> amount) {
    List<String> amounts = List.copyOf(Layer.layered(amount).values());
    List<String> signs = new ArrayList<>();
    for (int i = 0; i < amounts.size(); i++) {
      signs.add(amounts.get(i));
      for (int j = i + 1; j < amounts.size(); j++) {
        signs.add(amounts.get(i) + " - " + amounts.get(j));
      }
    }
    StringBuilder sql =
        new StringBuilder(
            "sign(%s)::INTEGER + 1".formatted(amount.apply(SourceMeasure.EXCESS_FEES)));
    for (String sign : signs) {
      sql.insert(0, "(").append(") * 3 + sign(").append(sign).append(")::INTEGER + 1");
    }
    return sql.toString();
  }
}
