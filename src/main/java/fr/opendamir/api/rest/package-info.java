/** The REST door: resources under {@code /v1}, the JSON of answers and the start page. */
package fr.opendamir.api.rest;
