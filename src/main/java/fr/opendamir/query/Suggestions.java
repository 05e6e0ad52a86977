package fr.opendamir.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The valid names nearest to one that is not. */
public final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** At most three names within about a third of the letters, nearest first. */
  public static List<String> nearest(String wrong, Collection<String> valid) {
    String typed = wrong.toLowerCase(Locale.ROOT);
    int bound = Math.min(5, Math.max(2, typed.length() / 3));
    LevenshteinDistance distance = new LevenshteinDistance(bound);
    record Candidate(String name, int distance) {}
    return valid.stream()
        .map(name -> new Candidate(name, rank(typed, name, distance)))
        .filter(candidate -> candidate.distance() >= 0)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** A name that the typed one starts or is part of comes right after a slip of one letter. */
  private static int rank(String typed, String name, LevenshteinDistance distance) {
    int letters = typed.length() > 64 ? -1 : distance.apply(typed, name);
    boolean contained = typed.length() >= 3 && (name.contains(typed) || typed.contains(name));
    return letters < 0 && contained ? 2 : letters;
  }
}
