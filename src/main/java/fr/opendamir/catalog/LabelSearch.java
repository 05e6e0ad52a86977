package fr.opendamir.catalog;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Finds codes by words of their labels, in either language, whatever case, accents and order. */
public final class LabelSearch {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9_]+");

  /** Made once for each code of the lists: making them for all codes took 20 ms of each search. */
  private static final ConcurrentMap<CodeEntry, String> TEXTS = new ConcurrentHashMap<>();

  private final List<String> words;

  /** {@code search} may be null or blank: then everything matches. */
  public LabelSearch(String search) {
    this.words =
        search == null
            ? List.of()
            : Arrays.stream(normalise(search).split(" ")).filter(w -> !w.isEmpty()).toList();
  }

  /** Whether there is no word in it, so that everything matches. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** Whether every word begins a word of the code or of its labels. */
  public boolean matches(CodeEntry entry) {
    if (words.isEmpty()) {
      return true;
    }
    String text = TEXTS.computeIfAbsent(entry, LabelSearch::text);
    return words.stream().allMatch(word -> text.contains(" " + word));
  }

  private static String text(CodeEntry entry) {
    return " " + normalise(entry.code() + " " + entry.label().fr() + " " + entry.label().en());
  }

  private static String normalise(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return NOT_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
