/**
 * The files of releases: bytes, ranges of bytes, and what they cost. The list of files is a
 * resource of {@code api.rest}. Used by no other room.
 */
package fr.opendamir.api.files;
