/**
 * What every door shares: request ids, who asks and on whose account ({@link
 * fr.opendamir.api.http.Exchange}), problem bodies, the language of a request, entity tags, cache
 * headers and how encoded answers are written. Doors use it; it knows none of them.
 */
package fr.opendamir.api.http;
