package fr.opendamir.api.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Parameters that newsletters, networks and libraries add to every link they pass on. They are
 * taken out of an address before anybody reads it, so that they change neither tag nor cache nor
 * links, and are no error.
 */
final class LinkDecoration {
  private static final String CAMPAIGN = "utm_";
  private static final List<String> NAMES =
      List.of("fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "_");

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
    if (query.regionMatches(true, start, CAMPAIGN, 0, CAMPAIGN.length())) {
      return true;
    }
    for (String name : NAMES) {
      int after = start + name.length();
      if (after <= end
          && (after == end || query.charAt(after) == '=')
          && query.regionMatches(true, start, name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }
}
