package fr.opendamir.api.rest;

import fr.opendamir.format.RowEncoder;
import fr.opendamir.query.AnswerStream;

/** The body of a streamed answer. */
record StreamedAnswer(AnswerStream answer, RowEncoder encoder, StreamAccount account) {}
