package fr.opendamir.api.rest;

import fr.opendamir.access.StreamPlace;
import fr.opendamir.answer.Charge;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.query.BoundQuestion;

/**
 * What is settled when a streamed answer is over.
 *
 * @param charge that was paid in advance
 * @param place to be given back
 */
record StreamAccount(Charge charge, BoundQuestion bound, StreamPlace place, Exchange exchange) {
  /** Charges what was sent, and no more. */
  void settle(long rows) {
    charge.settle(bound.units(rows));
  }
}
