package fr.opendamir.api.rest;

import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AnswerStream;

/** The body of an answer that is written while it is read. */
record StreamedAnswer(AnswerStream answer, RowEncoder encoder, StreamAccount account) {}
