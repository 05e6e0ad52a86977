package fr.opendamir.disclosure;

import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.util.List;

/**
 * How much of the charged amount may lose its code at the most important levels: an import above
 * {@code warnAbove} warns, above {@code refuseAbove} refuses unless told to accept. Shares in 0..1.
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
