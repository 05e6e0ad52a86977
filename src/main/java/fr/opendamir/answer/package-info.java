/**
 * Encoded answers kept in memory, bounded by their bytes; equal questions in flight are answered
 * once. Doors put answers in and take them out; it knows nothing of what they say.
 */
package fr.opendamir.answer;
