package fr.opendamir.question;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.Synonyms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the valid names nearest to an invalid one, by meaning or by spelling. */
public final class Suggestions {
  private static final int MOST = 3;
  private static final int LONGEST_COMPARED = 64;
  private static final int FAR = -1;

  /** Parameters that take measures: suggested when a measure is used in another place. */
  private static final List<String> PLACES_OF_MEASURES = List.of("measures", "having");

  private static final Synonyms SYNONYMS = Synonyms.load();

  private Suggestions() {}

  private record Candidate(String name, int distance) {}

  /**
   * Finds at most three names, best first. The criteria, of which the first with a result counts:
   * names with the same normalized spelling; French or English synonyms; names or synonyms within
   * an edit distance of about a third of the letters; synonyms of one of several words.
   *
   * @param valid the valid names; only these are returned
   */
  public static List<String> nearest(String wrong, Collection<String> valid) {
    List<String> alike = valid.stream().filter(Synonyms.alike(wrong)).limit(MOST).toList();
    if (!alike.isEmpty()) {
      return alike;
    }
    List<String> meant = spelledAsValid(SYNONYMS.find(wrong), valid);
    if (!meant.isEmpty()) {
      return meant;
    }
    List<String> near = near(wrong, valid);
    return near.isEmpty() ? spelledAsValid(SYNONYMS.findByWord(wrong), valid) : near;
  }

  /** The valid names among the given names, in their valid spelling. */
  private static List<String> spelledAsValid(List<String> names, Collection<String> valid) {
    List<String> found = valid(names, valid);
    if (found.isEmpty() && names.stream().anyMatch(name -> Measure.find(name).isPresent())) {
      found = valid(PLACES_OF_MEASURES, valid);
    }
    return found.stream().limit(MOST).toList();
  }

  private static List<String> valid(List<String> names, Collection<String> valid) {
    return names.stream()
        .map(name -> valid.stream().filter(v -> Synonyms.isSame(v, name)).findFirst())
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static List<String> near(String wrong, Collection<String> valid) {
    if (wrong.length() > LONGEST_COMPARED) {
      return List.of();
    }
    String typed = wrong.toLowerCase(Locale.ROOT);
    int bound = typed.length() <= 3 ? 1 : Math.min(5, Math.max(2, typed.length() / 3));
    LevenshteinDistance distance = new LevenshteinDistance(bound);
    List<Candidate> candidates = new ArrayList<>();
    for (String name : valid) {
      int rank = rank(typed, name.toLowerCase(Locale.ROOT), distance);
      if (rank >= 0) {
        candidates.add(new Candidate(name, rank));
      }
    }
    return Stream.concat(candidates.stream(), slips(typed, valid))
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name)
        .distinct()
        .limit(MOST)
        .toList();
  }

  /**
   * The edit distance of two names; names that contain one another rank directly after an edit
   * distance of 1.
   */
  private static int rank(String typed, String name, LevenshteinDistance distance) {
    int letters = distance.apply(typed, name);
    boolean contained =
        Math.min(typed.length(), name.length()) >= 3
            && (name.contains(typed) || typed.contains(name));
    return letters < 0 && contained ? 2 : letters;
  }

  /**
   * Finds synonyms with the same first letter and an edit distance of 1, or of 2 for words of eight
   * letters or more.
   */
  private static Stream<Candidate> slips(String typed, Collection<String> valid) {
    String key = Synonyms.key(typed);
    if (typed.length() < 5 || key.isEmpty()) {
      return Stream.empty();
    }
    LevenshteinDistance distance = new LevenshteinDistance(typed.length() >= 8 ? 2 : 1);
    List<Candidate> slips = new ArrayList<>();
    SYNONYMS
        .known()
        .forEach(
            (known, names) -> {
              int letters = known.charAt(0) == key.charAt(0) ? distance.apply(key, known) : FAR;
              if (letters >= 0) {
                spelledAsValid(names, valid)
                    .forEach(name -> slips.add(new Candidate(name, letters)));
              }
            });
    return slips.stream();
  }
}
