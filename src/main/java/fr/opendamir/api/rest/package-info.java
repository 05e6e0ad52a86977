/**
 * The REST door: resources under {@code /v1}, what a question looks like in an address or a body,
 * the headers and entity tags of an answer, and the start page. A new format joins {@code
 * fr.opendamir.format}; what is answered from memory passes {@code CachedAnswerFilter}; what the
 * contract says of a new member joins {@code AnswerSchemas}.
 */
package fr.opendamir.api.rest;
