/** What is checked of the image without an engine. */
package fr.opendamir.container;
