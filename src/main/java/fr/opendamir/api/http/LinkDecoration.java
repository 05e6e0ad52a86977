package fr.opendamir.api.http;

import fr.opendamir.question.LinkParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Tracking parameters that newsletters, social networks and libraries add to links. They are
 * removed before any handler reads the address, so that they affect neither tags, caches nor links,
 * and cause no error.
 */
final class LinkDecoration {
  private LinkDecoration() {}

  /**
   * Removes the tracking parameters from a query string.
   *
   * @return null if no parameter is left; the same instance if there was nothing to remove
   */
  static String removedFrom(String query) {
    List<String> kept = new ArrayList<>();
    boolean isChanged = false;
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (isDecoration(query, start, end)) {
        isChanged = true;
      } else {
        kept.add(query.substring(start, end));
      }
      start = end + 1;
    }
    if (!isChanged) {
      return query;
    }
    return kept.isEmpty() ? null : String.join("&", kept);
  }

  private static boolean isDecoration(String query, int start, int end) {
    int sign = query.indexOf('=', start);
    return LinkParameters.isIgnored(query.substring(start, sign < 0 || sign > end ? end : sign));
  }
}
