package fr.opendamir.api.rest;

import fr.opendamir.access.StreamPlace;
import fr.opendamir.answer.Charge;
import fr.opendamir.api.http.Exchange;
import fr.opendamir.query.BoundQuestion;

/**
 * The resources to settle and release when a streamed answer ends.
 *
 * @param charge the charge paid in advance
 * @param place the stream slot to release
 */
record StreamAccount(Charge charge, BoundQuestion bound, StreamPlace place, Exchange exchange) {
  /** Settles the charge for the rows sent. */
  void settle(long rows) {
    charge.settle(bound.units(rows));
  }
}
