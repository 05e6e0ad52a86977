/**
 * The disclosure attacks: an outsider with nothing but HTTP, a calculator and the documentation
 * tries to learn the figures of small groups. Every attack must fail against the service as
 * published and the same attacks must succeed against a deliberately weakened one.
 */
package fr.opendamir.attack;
