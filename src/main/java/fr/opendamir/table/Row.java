package fr.opendamir.table;

import java.math.BigDecimal;
import java.util.List;

/**
 * A row of a table. Its lists are not copied: there are many rows.
 *
 * @param codes what a column of codes shows; null where a cell is empty
 * @param figures exact decimals; null where there is none
 * @param suppressed whether the display rule withholds the figures
 */
public record Row(List<String> codes, List<BigDecimal> figures, boolean suppressed) {}
