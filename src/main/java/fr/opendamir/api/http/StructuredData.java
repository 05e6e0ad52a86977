package fr.opendamir.api.http;

import fr.opendamir.query.Release;

/** What a page about the data set says to search engines besides its text. */
public interface StructuredData {
  /** HTML for a page about a release; empty if the data are not to be found. */
  String html(Release release);
}
