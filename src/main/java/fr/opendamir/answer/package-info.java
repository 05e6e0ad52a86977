/**
 * The answer pipeline: key → 304 → cache hit → charge → queue → single-flight computation →
 * encoding → cache. It handles keys, bytes and prices; the content of answers and HTTP belong to
 * the REST and GraphQL packages, which are its only callers.
 */
package fr.opendamir.answer;
