/**
 * The pages for people: templates, and the modules, libraries and outlines that browsers load for
 * them. Pages ask the public API like everybody else; nothing here answers a question. Used by no
 * other room.
 */
package fr.opendamir.api.pages;
