package fr.opendamir.table;

import java.math.BigDecimal;
import java.util.List;

/**
 * A row of a table. Its lists are not copied, because there are many rows.
 *
 * @param codes one code per axis; null for an empty cell
 * @param figures exact decimals; null without a value
 * @param suppressed whether the display rule suppresses the figures
 */
public record Row(List<String> codes, List<BigDecimal> figures, boolean suppressed) {}
