package fr.opendamir.catalog;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds codes by words of their labels, in either language, whatever case, accents and order. */
public final class LabelSearch {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9_]+");

  private final List<String> words;

  /** {@code search} may be null or blank: then everything matches. */
  public LabelSearch(String search) {
    this.words =
        search == null
            ? List.of()
            : Arrays.stream(normalise(search).split(" ")).filter(w -> !w.isEmpty()).toList();
  }

  /** Whether every word begins a word of the code or of its labels. */
  public boolean matches(CodeEntry entry) {
    String text =
        " " + normalise(entry.code() + " " + entry.label().fr() + " " + entry.label().en());
    return words.stream().allMatch(word -> text.contains(" " + word));
  }

  private static String normalise(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return NOT_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
