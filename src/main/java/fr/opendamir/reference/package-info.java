/**
 * Reference tables that ship with the service: population, physicians, regions and others, and what
 * rates are divided by. Plain data from CSV, without a database. Any room may read it that may read
 * the catalog.
 */
package fr.opendamir.reference;
