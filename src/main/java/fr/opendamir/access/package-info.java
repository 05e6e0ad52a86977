/**
 * Who asks and how much they may: callers by address, plans, allowances in units and requests, and
 * admission to the database. Doors ask it before they work; it knows none of them, and nothing of
 * questions but their price.
 */
package fr.opendamir.access;
