package fr.opendamir.load;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was answered first, which all later answers to the same request must equal: entity tags of
 * each answer, and bodies of a sample.
 */
final class Answers {
  private final int releases;
  private final ConcurrentMap<String, String[]> tags = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> bodies = new ConcurrentHashMap<>();

  /**
   * Takes none yet.
   *
   * @param releases from how many releases a request may be answered during the run
   */
  Answers(int releases) {
    this.releases = releases;
  }

  /** A tag that is none of those first seen fails the request. */
  String checkedTag(String request, String tag) {
    if (tag == null) {
      throw new IllegalStateException("an answer without a tag");
    }
    String[] known = tags.get(request);
    if (known == null || !Arrays.asList(known).contains(tag)) {
      known = tags.merge(request, new String[] {tag}, this::joined);
      if (!Arrays.asList(known).contains(tag)) {
        throw new IllegalStateException("another answer than before");
      }
    }
    return tag;
  }

  private String[] joined(String[] known, String[] more) {
    if (known.length == releases || Arrays.asList(known).contains(more[0])) {
      return known;
    }
    String[] joined = Arrays.copyOf(known, known.length + 1);
    joined[known.length] = more[0];
    return joined;
  }

  /** Another body under the same tag fails the request. */
  void checkBody(String requestAndTag, String body) {
    Integer first = bodies.putIfAbsent(requestAndTag, body.hashCode());
    if (first != null && first != body.hashCode()) {
      throw new IllegalStateException("another body than before");
    }
  }

  int sampledBodies() {
    return bodies.size();
  }
}
