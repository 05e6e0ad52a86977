package fr.opendamir.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Search of codes by words of their labels in either language. Case, accents, plural, hyphens and
 * word order do not matter. Words that do not occur in labels are listed in {@code
 * search_synonyms.csv}.
 */
public final class LabelSearch {
  /**
   * Maximum length of a search. Every label can be searched for in full: the longest has 129
   * characters.
   */
  public static final int LONGEST = 200;

  public static final int MOST_WORDS = 20;

  private static final int LONGEST_SYNONYM = 4;
  private static final String SEPARATOR = ";";

  /** Normalised text of each code, cached: computing it for all codes took 20 ms per search. */
  private static final ConcurrentMap<CodeEntry, String> TEXTS = new ConcurrentHashMap<>();

  private static final Map<String, List<List<String>>> SYNONYMS = readSynonyms();

  /** For each word of the search, the alternatives for it and the words after it. */
  private final List<List<Alternative>> words;

  /**
   * An alternative for some words of a search; all of {@code finds} must occur.
   *
   * @param length number of words of the search that it replaces
   * @param finds beginnings of words, each after the blank that precedes it
   */
  private record Alternative(int length, List<String> finds) {
    static Alternative of(int length, List<String> words) {
      return new Alternative(length, words.stream().map(word -> " " + word).toList());
    }

    boolean isIn(String text) {
      for (String word : finds) {
        if (!text.contains(word)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Creates a search. Null or blank text matches everything. If {@link #refusal} rejects the text,
   * only its beginning is used.
   */
  public LabelSearch(String search) {
    List<String> typed = search == null ? List.of() : typed(search);
    this.words = understand(typed.subList(0, Math.min(MOST_WORDS, typed.size())));
  }

  /** Returns why a search is too long; empty if it is not, or if it is null. */
  public static Optional<Label> refusal(String search) {
    if (search == null || (search.length() <= LONGEST && typed(search).size() <= MOST_WORDS)) {
      return Optional.empty();
    }
    return Optional.of(
        new Label(
            "une recherche compte au plus %d mots et %d caractères ; quelques mots du libellé suffisent"
                .formatted(MOST_WORDS, LONGEST),
            "a search has at most %d words and %d characters; a few words of the label will do"
                .formatted(MOST_WORDS, LONGEST)));
  }

  private static List<String> typed(String search) {
    return Words.telling(
        Words.of(search.length() > LONGEST ? search.substring(0, LONGEST) : search));
  }

  /** Whether the search contains no word, so that everything matches. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** Whether every word, or a synonym of it, begins a word of the code or of its labels. */
  public boolean matches(CodeEntry entry) {
    if (words.isEmpty()) {
      return true;
    }
    String text = TEXTS.get(entry); // computeIfAbsent alone may lock to find what is there
    if (text == null) {
      text = TEXTS.computeIfAbsent(entry, LabelSearch::text);
    }
    boolean[] isFound = new boolean[words.size() + 1];
    isFound[words.size()] = true;
    for (int first = words.size() - 1; first >= 0; first--) {
      for (Alternative alternative : words.get(first)) {
        isFound[first] =
            isFound[first] || (isFound[first + alternative.length()] && alternative.isIn(text));
      }
      if (!isAnyFound(isFound, first)) {
        return false;
      }
    }
    return isFound[0];
  }

  /** Whether any alternative found from this word on can be reached from the words before it. */
  private static boolean isAnyFound(boolean[] isFound, int first) {
    for (int i = first; i < Math.min(first + LONGEST_SYNONYM, isFound.length); i++) {
      if (isFound[i]) {
        return true;
      }
    }
    return false;
  }

  private static List<List<Alternative>> understand(List<String> typed) {
    List<List<Alternative>> words = new ArrayList<>();
    for (int first = 0; first < typed.size(); first++) {
      List<Alternative> alternatives = new ArrayList<>();
      String stem = Words.stem(typed.get(first));
      alternatives.add(Alternative.of(1, List.of(stem)));
      if (!typed
          .get(first)
          .startsWith(stem)) { // otherwise the stem alone already matches what begins with the word
        alternatives.add(Alternative.of(1, List.of(typed.get(first))));
      }
      for (int length = 1; length <= Math.min(LONGEST_SYNONYM, typed.size() - first); length++) {
        String key = Words.key(String.join(" ", typed.subList(first, first + length)));
        for (List<String> finds : SYNONYMS.getOrDefault(key, List.of())) {
          alternatives.add(Alternative.of(length, finds));
        }
      }
      words.add(alternatives);
    }
    return words;
  }

  /** Returns every word of the labels as written and as its stem. */
  private static String text(CodeEntry entry) {
    Label label = entry.label();
    String english = label.en() == null ? "" : label.en();
    StringBuilder text = new StringBuilder();
    for (String word : Words.of(entry.code() + " " + label.fr() + " " + english)) {
      text.append(' ').append(word);
      String stem = Words.stem(word);
      if (!word.startsWith(stem)) {
        text.append(' ').append(stem);
      }
    }
    return text.toString();
  }

  private static Map<String, List<List<String>>> readSynonyms() {
    Map<String, List<List<String>>> synonyms = new HashMap<>();
    for (Map<String, String> row : LabelFiles.read("search_synonyms.csv")) {
      List<List<String>> finds =
          Arrays.stream(row.get("finds").split(SEPARATOR, -1)).map(Words::of).toList();
      for (String words : row.get("words").split(SEPARATOR, -1)) {
        if (synonyms.put(Words.key(words), finds) != null) {
          throw new IllegalStateException("search_synonyms.csv has \"" + words + "\" twice");
        }
      }
    }
    return synonyms;
  }
}
