package fr.opendamir.table;

import java.util.function.UnaryOperator;

/**
 * The labels of the codes of an axis in both languages, whatever the language of the answer.
 *
 * @param french maps a code to its French label
 * @param english maps a code to its English label
 */
public record CodeNames(UnaryOperator<String> french, UnaryOperator<String> english) {}
