package fr.opendamir.answer;

import java.util.List;
import java.util.Map;

/**
 * The identity of an answer, known before it is computed.
 *
 * @param tag its entity tag without content coding, in quotes: derived from everything the bytes
 *     depend on, see {@link EntityTag#of}
 * @param caching its cache headers
 * @param isCompressible whether it is sent with a content coding to clients that accept one
 */
public record AnswerKey(
    String tag, List<Map.Entry<String, String>> caching, boolean isCompressible) {
  public AnswerKey {
    caching = List.copyOf(caching);
  }

  /** Creates the key of a compressible answer. */
  public AnswerKey(String tag, List<Map.Entry<String, String>> caching) {
    this(tag, caching, true);
  }
}
