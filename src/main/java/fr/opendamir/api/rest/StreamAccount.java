package fr.opendamir.api.rest;

import fr.opendamir.api.http.Visit;
import fr.opendamir.query.PlannedQuestion;
import fr.opendamir.query.Price;

/**
 * What is settled when a streamed answer is over.
 *
 * @param taken units that were taken in advance
 * @param end gives back the place at the database
 */
record StreamAccount(Visit visit, long taken, PlannedQuestion planned, Runnable end) {
  /** Charges what was sent, and no more. */
  void settle(long rows) {
    visit.settle(
        taken, Price.of(rows * planned.query().measures().size(), planned.plan().scannedRows()));
  }
}
