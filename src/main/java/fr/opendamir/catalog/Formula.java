package fr.opendamir.catalog;

/** How a measure follows from the sums of the source measures of a cell. */
public sealed interface Formula {

  /** The sum itself. */
  record Sum(SourceMeasure of) implements Formula {}

  /** {@code minuend − subtrahend}, over the scope of care. */
  record Difference(SourceMeasure minuend, SourceMeasure subtrahend) implements Formula {}

  /** {@code dividend ÷ divisor}, over the scope of care; no value where the divisor is zero. */
  record Ratio(SourceMeasure dividend, SourceMeasure divisor) implements Formula {}

  /** {@code amount ÷ quantity}; only meaningful where each cell holds one service. */
  record PerAct(SourceMeasure amount) implements Formula {}
}
