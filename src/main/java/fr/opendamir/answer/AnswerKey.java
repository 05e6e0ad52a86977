package fr.opendamir.answer;

import java.util.List;
import java.util.Map;

/**
 * The identity of an answer, known before it is computed.
 *
 * @param tag its entity tag without content coding, in quotes: derived from everything the bytes
 *     depend on, see {@link EntityTag#of}
 * @param caching its cache headers
 */
public record AnswerKey(String tag, List<Map.Entry<String, String>> caching) {
  public AnswerKey {
    caching = List.copyOf(caching);
  }
}
