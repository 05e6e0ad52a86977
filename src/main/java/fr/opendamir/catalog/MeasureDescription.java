package fr.opendamir.catalog;

/**
 * The published description of a measure: names, DAMIR variable (empty for derived measures), unit
 * ({@code EUR}, {@code acts}, {@code ratio}, {@code EUR/act}), formula and caveats.
 */
public record MeasureDescription(
    String variable,
    String unit,
    String formula,
    Label label,
    Label description,
    MeasureNotes notes) {}
