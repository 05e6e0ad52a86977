package fr.opendamir.answer;

import java.util.List;
import java.util.Map;

/**
 * What identifies an answer before any work.
 *
 * @param tag its entity tag without content coding, in quotes: made of everything the bytes depend
 *     on, see {@link EntityTag#of}
 * @param caching its headers about how long it may be cached
 */
public record AnswerKey(String tag, List<Map.Entry<String, String>> caching) {
  public AnswerKey {
    caching = List.copyOf(caching);
  }
}
