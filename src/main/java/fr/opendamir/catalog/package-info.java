/**
 * The vocabulary of the service: dimensions and their levels, measures, code lists, labels in
 * French and English. Plain Java without dependencies on other packages; every other package may
 * use it. A new dimension, level or measure starts here, with its labels in the resources of the
 * same name.
 */
package fr.opendamir.catalog;
