/**
 * The REST door: resources under {@code /v1}, what a question looks like in an address or a body,
 * the headers and entity tags of an answer, and the start page. A new format joins {@code
 * fr.opendamir.format}; what is answered from the cache passes {@code CachedAnswerFilter}; the
 * schema of a new member of an answer joins {@code META-INF/openapi.yaml}.
 */
package fr.opendamir.api.rest;
