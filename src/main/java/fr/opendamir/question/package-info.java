/**
 * The model of a question, and the parser and printer of its text form in URLs and JSON bodies.
 * REST and GraphQL build questions with {@code QuestionBuilder}, which collects errors by argument;
 * each API words them with its {@code Terms}. Plain Java, independent of releases, of the URLs of
 * the service and of answer formats. Used by the APIs, by {@code query}, which answers questions,
 * and by {@code answer}.
 */
package fr.opendamir.question;
