/**
 * Callers and what they may do: callers by address or key, plans, allowances in units and requests,
 * admission to the database, and what keys are used for. Doors ask it before they work; it knows
 * none of them, and nothing of questions but their price. What it needs of the database it asks
 * through ports ({@link fr.opendamir.access.KeyStore}, {@link fr.opendamir.access.UsageStore});
 * commands and administration call it too.
 */
package fr.opendamir.access;
