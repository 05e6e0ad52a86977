/**
 * Shared parts of all HTTP entry points: request ids, caller identification and accounting ({@link
 * fr.opendamir.api.http.Exchange}), problem bodies, the language of a request, entity tags, cache
 * headers, and writing of encoded answers. Entry points depend on this package; it depends on none
 * of them.
 */
package fr.opendamir.api.http;
