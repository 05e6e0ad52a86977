package fr.opendamir.query;

import fr.opendamir.catalog.SourceMeasure;

/**
 * A sum that a statement returns for each cell.
 *
 * @param careOnly whether only services of kind care and participation are summed
 */
public record SumColumn(SourceMeasure measure, boolean careOnly) {}
