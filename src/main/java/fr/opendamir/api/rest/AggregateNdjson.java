package fr.opendamir.api.rest;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.Question;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Writes the rows of an answer as lines of JSON: each the object that the JSON answer has for it,
 * ended by LF. Nothing at all where there are no rows.
 */
@ApplicationScoped
class AggregateNdjson {
  private final Catalog catalog;

  AggregateNdjson(Catalog catalog) {
    this.catalog = catalog;
  }

  byte[] write(AggregateResult result) {
    return encoder(result.query()).all(result.rows());
  }

  /** Writes the rows of an answer to a question some at a time. */
  RowEncoder encoder(Question query) {
    // The generator separates the objects, it does not end the last.
    return new RowEncoder(new AnswerRows(catalog, query), AnswerRows.JSON::createGenerator, "\n");
  }
}
