package fr.opendamir.api.rest;

import fr.opendamir.access.StreamPlace;
import fr.opendamir.api.http.Visit;
import fr.opendamir.query.PlannedQuestion;

/**
 * What is settled when a streamed answer is over.
 *
 * @param taken units that were taken in advance
 * @param place to be given back
 */
record StreamAccount(Visit visit, long taken, PlannedQuestion planned, StreamPlace place) {
  /** Charges what was sent, and no more. */
  void settle(long rows) {
    visit.settle(taken, planned.units(rows));
  }
}
