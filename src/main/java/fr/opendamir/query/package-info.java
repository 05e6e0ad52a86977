/**
 * The question engine: whether a question makes sense, which rollups or blocks it is answered from
 * and at what price, how it becomes SQL over them, and what its answer is. Every door builds the
 * same {@code Question} and gets the same {@code AggregateResult}. Releases and figures come
 * through ports implemented in {@code store}.
 */
package fr.opendamir.query;
