/**
 * The REST door: resources under {@code /v1}, what a question looks like in an address or a body,
 * the formats of an answer with their headers and entity tags, and the start page. A new format
 * joins {@code AnswerFormat} and {@code AnswerWriter}; what is answered from memory passes {@code
 * CachedAnswerFilter}; what the contract says of a new member joins {@code AnswerSchemas}.
 */
package fr.opendamir.api.rest;
