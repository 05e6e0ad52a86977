/** What tests of several rooms share: raw monthly files written by hand, a real PostgreSQL. */
package fr.opendamir.testing;
