/**
 * The question engine: what a question is, whether it makes sense, how it becomes SQL over blocks
 * and what its answer is. Every door builds the same {@code AggregateQuery} and gets the same
 * {@code AggregateResult}. Releases and figures come through ports implemented in {@code store}.
 */
package fr.opendamir.query;
