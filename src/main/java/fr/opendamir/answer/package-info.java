/**
 * The pipeline of answers: key → 304 → cached → charge → queue → computed once for all requests
 * that wait → encoded → cached. It knows keys, bytes and prices; what an answer says, and HTTP, are
 * the business of the doors, which are its only callers.
 */
package fr.opendamir.answer;
