package fr.opendamir.store;

import jakarta.persistence.Embeddable;

/** Acts or cents whose code is not disclosed at a level. */
@Embeddable
class LossAmounts {
  long quantity;
  long charged;
  long reimbursed;
}
