package fr.opendamir.ingest;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ProtectionSummary;
import fr.opendamir.ingest.port.SourceTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares the detail lost by protecting a month with the loss bounds. */
final class LossCheck {
  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final SourceTotals source;
  private final Map<Level, Map<SourceMeasure, Long>> notDisclosed;
  private final List<String> warnings = new ArrayList<>();
  private boolean accepted;

  LossCheck(
      DisclosurePolicy policy,
      ImportOptions options,
      SourceTotals source,
      Map<Level, Map<SourceMeasure, Long>> notDisclosed) {
    this.policy = policy;
    this.options = options;
    this.source = source;
    this.notDisclosed = notDisclosed;
  }

  /**
   * Checks the important levels.
   *
   * @throws ImportRefusedException if too much is lost and the loss is not accepted
   */
  void run() {
    for (Level level : policy.lossBounds().levels()) {
      BigDecimal lost = share(level, SourceMeasure.CHARGED);
      if (lost.compareTo(options.refuseAbove()) > 0) {
        if (!options.acceptLoss()) {
          throw new ImportRefusedException(
              ("protecting it would leave %s of the charged amount without its %s (at most %s is"
                      + " allowed): it holds too few lines for that much detail. Import it all the"
                      + " same, with exact totals but little detail, with --accept-loss")
                  .formatted(percent(lost), level.id(), percent(options.refuseAbove())));
        }
        accepted = true;
      }
      if (lost.compareTo(options.warnAbove()) > 0) {
        warnings.add(
            "%s of the charged amount has no disclosed %s".formatted(percent(lost), level.id()));
      }
    }
  }

  boolean isLossAccepted() {
    return accepted;
  }

  List<String> warnings() {
    return warnings;
  }

  /** The lost shares, in 0..1, by level and measure. */
  Map<String, Map<String, BigDecimal>> shares() {
    Map<String, Map<String, BigDecimal>> shares = new LinkedHashMap<>();
    for (Level level : notDisclosed.keySet()) {
      Map<String, BigDecimal> ofLevel = new LinkedHashMap<>();
      ProtectionSummary.MEASURES.forEach(m -> ofLevel.put(m.id(), share(level, m)));
      shares.put(level.id(), ofLevel);
    }
    return shares;
  }

  private BigDecimal share(Level level, SourceMeasure measure) {
    long whole = Math.abs(source.totals().get(measure));
    long part = Math.abs(notDisclosed.get(level).get(measure));
    return whole == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP);
  }

  private static String percent(BigDecimal share) {
    return String.format(
        Locale.ROOT, "%s %%", share.movePointRight(2).setScale(2, RoundingMode.HALF_UP));
  }
}
