package fr.opendamir.api.http;

import fr.opendamir.question.LinkParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that newsletters, networks and libraries add to every link they pass on. They are
 * taken out of an address before anybody reads it, so that they change neither tag nor cache nor
 * links, and are no error.
 */
final class LinkDecoration {
  private LinkDecoration() {}

  /**
   * The other parameters of an address.
   *
   * @return null where there is none left; the same text where there was none to remove
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
