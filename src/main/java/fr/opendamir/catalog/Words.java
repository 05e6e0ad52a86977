package fr.opendamir.catalog;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a text, independent of case, accents, hyphens and plurals. */
final class Words {
  /** Longest input that is examined, which bounds the work; people type a few words. */
  private static final int LONGEST_TYPED = 100;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9]+");

  /** Words without meaning: « reste à charge » and « reste charge » are the same. */
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "a", "an", "and", "aux", "by", "d", "de", "des", "du", "en", "et", "for", "l", "la", "le",
          "les", "of", "ou", "par", "pour", "the", "un", "une");

  private Words() {}

  /**
   * Returns the words in lower case without accents, in the order of the text. A capital inside a
   * word (camelCase) begins a new word.
   */
  static List<String> of(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    String lower = HUMP.matcher(plain).replaceAll(" ").toLowerCase(Locale.ROOT);
    return Arrays.stream(NOT_WORD.split(lower.replace("œ", "oe").replace("æ", "ae"), -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Returns the beginning of the input, up to the length that is examined. */
  static String shortened(String typed) {
    return typed.length() > LONGEST_TYPED ? typed.substring(0, LONGEST_TYPED) : typed;
  }

  /** Returns the words without the meaningless ones, unless there are no others. */
  static List<String> telling(List<String> words) {
    List<String> telling = words.stream().filter(word -> !EMPTY_WORDS.contains(word)).toList();
    return telling.isEmpty() ? words : telling;
  }

  /**
   * Returns the common form of singular and plural: « hôpitaux » becomes hopital, pharmacies and
   * pharmacie become pharmacy.
   */
  static String stem(String word) {
    if (word.length() <= 3) {
      return word;
    }
    String singular =
        word.endsWith("s") || word.endsWith("x") ? word.substring(0, word.length() - 1) : word;
    if (word.endsWith("aux") && word.length() > 5) {
      return singular.substring(0, singular.length() - 1) + "l";
    }
    return singular.length() > 4 && singular.endsWith("ie")
        ? singular.substring(0, singular.length() - 2) + "y"
        : singular;
  }

  /**
   * Returns a normal form, the same for all ways to write the same words. A text without words,
   * such as a comparison sign, is its own key.
   */
  static String key(String text) {
    List<String> words = telling(of(text));
    return words.isEmpty()
        ? text.strip()
        : String.join(" ", words.stream().map(Words::stem).sorted().toList());
  }

  /** Returns the words of a text joined into one: group_by becomes groupby. */
  static String joined(String text) {
    return String.join("", of(text));
  }
}
