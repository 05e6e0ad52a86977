/**
 * The REST API: resources under {@code /v1}, questions in URLs and bodies, headers and entity tags
 * of answers. New formats belong in {@code fr.opendamir.format}. {@code CachedAnswerFilter} serves
 * cached answers. The schema of a new member of an answer belongs in {@code META-INF/openapi.yaml}.
 */
package fr.opendamir.api.rest;
