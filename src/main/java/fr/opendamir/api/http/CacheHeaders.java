package fr.opendamir.api.http;

import fr.opendamir.query.Release;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** How long an answer may be kept by readers and by what is between. */
public final class CacheHeaders {
  /** Request headers that an answer depends on. */
  public static final String VARY = "Accept, Accept-Language, Accept-Encoding";

  /** For questions that follow the newest release. */
  private static final String FOR_NOW =
      "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";

  /** For answers of a named release, which never change. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneId.of("GMT"));

  private CacheHeaders() {}

  /**
   * The headers of an answer from a release.
   *
   * @param isPinned whether the question names its release, or follows the newest
   */
  public static List<Map.Entry<String, String>> of(Release release, boolean isPinned) {
    return List.of(
        Map.entry("Last-Modified", HTTP_DATE.format(release.publishedAt())),
        Map.entry("Cache-Control", isPinned ? FOR_EVER : FOR_NOW));
  }

  /** The headers of an answer that is of no release, and may change with the next version. */
  public static List<Map.Entry<String, String>> ofVocabulary() {
    return List.of(Map.entry("Cache-Control", FOR_NOW));
  }

  /** Whether the headers are those of an answer that never changes. */
  static boolean areOfPinned(List<Map.Entry<String, String>> headers) {
    return headers.contains(Map.entry("Cache-Control", FOR_EVER));
  }

  /** The headers of an answer that is of no single release, and never changes. */
  public static List<Map.Entry<String, String>> ofPinned() {
    return List.of(Map.entry("Cache-Control", FOR_EVER));
  }
}
