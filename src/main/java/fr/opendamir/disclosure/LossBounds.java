package fr.opendamir.disclosure;

import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.util.List;

/**
 * Limits on the share of the charged amount that may lose its code at the most important levels. An
 * import above {@code warnAbove} warns; above {@code refuseAbove} it is refused unless the loss is
 * explicitly accepted. Shares are in 0..1.
 *
 * @param levels the levels that are checked, each on its own
 */
public record LossBounds(List<Level> levels, BigDecimal warnAbove, BigDecimal refuseAbove) {
  public LossBounds {
    levels = List.copyOf(levels);
    if (warnAbove.signum() < 0
        || warnAbove.compareTo(refuseAbove) > 0
        || refuseAbove.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "loss bounds must satisfy 0 <= warn_above <= refuse_above <= 1");
    }
  }
}
