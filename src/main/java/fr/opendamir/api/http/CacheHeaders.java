package fr.opendamir.api.http;

import fr.opendamir.query.Release;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Cache headers: how long clients and shared caches may keep an answer. */
public final class CacheHeaders {
  /** Request headers that an answer varies by. */
  public static final String VARY = "Accept, Accept-Language, Accept-Encoding";

  /** For questions that follow the newest release. */
  private static final String FOR_NOW =
      "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";

  /** For answers from a named release, which never change. */
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

  /** The headers of an answer that depends on no release but may change with the next version. */
  public static List<Map.Entry<String, String>> ofVocabulary() {
    return List.of(Map.entry("Cache-Control", FOR_NOW));
  }

  /** Whether the headers mark an answer that never changes. */
  static boolean areOfPinned(List<Map.Entry<String, String>> headers) {
    return headers.contains(Map.entry("Cache-Control", FOR_EVER));
  }

  /** The headers of an answer that never changes and is not tied to a single release. */
  public static List<Map.Entry<String, String>> ofPinned() {
    return List.of(Map.entry("Cache-Control", FOR_EVER));
  }
}
