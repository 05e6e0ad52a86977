/**
 * The REST door: resources under {@code /v1}, what a question looks like in an address or a body,
 * the formats of an answer with their headers and entity tags, and the start page. A new format
 * joins {@code AnswerFormat} and {@code AnswerWriter}.
 */
package fr.opendamir.api.rest;
