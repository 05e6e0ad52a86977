/**
 * The formats of answers, and content negotiation. Each format is one class that writes an {@code
 * AnswerTable}. To add a format, implement {@code AnswerFormat} and add it to {@code Formats.ALL},
 * from which parameters and media types are derived. Called by the REST and GraphQL packages.
 */
package fr.opendamir.format;
