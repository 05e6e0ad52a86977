/** Every door gives the same figures: random questions, asked by all of them. */
package fr.opendamir.api.doors;
