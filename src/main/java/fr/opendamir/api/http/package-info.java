/**
 * What every door shares: request ids, problem bodies, the language of a request. Doors use it; it
 * knows none of them.
 */
package fr.opendamir.api.http;
