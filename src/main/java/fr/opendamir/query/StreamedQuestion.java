package fr.opendamir.query;

/**
 * The two statements of a streamed answer.
 *
 * @param rows all rows in order, see {@link PreparedQuestion}
 * @param size one row about them: the number of imports that are published in the statement's own
 *     snapshot, the number of rows, and two columns for each of the rates, see {@link
 *     Cells#coverage}
 */
public record StreamedQuestion(PreparedQuestion rows, PreparedQuestion size) {}
