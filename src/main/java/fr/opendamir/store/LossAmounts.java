package fr.opendamir.store;

import fr.opendamir.catalog.SourceMeasure;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumMap;
import java.util.Map;

/**
 * Acts or cents whose code is not disclosed at a level; null if the import, by an earlier version,
 * did not sum them.
 */
@Embeddable
class LossAmounts {
  @Column(name = "quantity")
  Long quantity;

  @Column(name = "charged")
  Long charged;

  @Column(name = "reimbursed")
  Long reimbursed;

  @Column(name = "excess_fees")
  Long excessFees;

  @Column(name = "reimbursement_base")
  Long reimbursementBase;

  @Column(name = "reimbursed_all")
  Long reimbursedAll;

  /** The known amounts, without their signs. */
  Map<SourceMeasure, Long> absolute() {
    Map<SourceMeasure, Long> known = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : SourceMeasure.values()) {
      Long amount = of(measure);
      if (amount != null) {
        known.put(measure, Math.abs(amount));
      }
    }
    return known;
  }

  private Long of(SourceMeasure measure) {
    return switch (measure) {
      case QUANTITY -> quantity;
      case CHARGED -> charged;
      case REIMBURSED -> reimbursed;
      case EXCESS_FEES -> excessFees;
      case REIMBURSEMENT_BASE -> reimbursementBase;
      case REIMBURSED_ALL -> reimbursedAll;
    };
  }
}
