/**
 * The formats of answers, each of them one class that writes an {@code AnswerTable}, and the choice
 * of one by {@code Accept}. A new format implements {@code AnswerFormat} and joins {@code
 * Formats.ALL}, from which parameters and media types derive. Called by doors and the answering
 * pipeline.
 */
package fr.opendamir.format;
