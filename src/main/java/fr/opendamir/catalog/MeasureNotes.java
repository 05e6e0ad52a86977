package fr.opendamir.catalog;

/**
 * How a measure is governed: what a reader must know to use it, and how current it is.
 *
 * @param numerator empty unless it is a quotient
 * @param denominator empty unless it is a quotient
 * @param vintage what its figures are as of
 * @param reviewed the date on which its definition was last reviewed
 */
public record MeasureNotes(
    Label numerator,
    Label denominator,
    Label caveats,
    Label whyItMatters,
    String source,
    String vintage,
    String reviewed) {}
