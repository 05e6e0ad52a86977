package fr.opendamir.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Synonyms of the names used in a question (parameters, dimensions, measures, values, fields), in
 * both languages and from other services. Loaded once from {@code name_synonyms.csv}; the DAMIR
 * variables and labels of dimensions and measures are included.
 */
public final class Synonyms {
  private static final String SEPARATOR = ";";
  private static final int MOST_COMPARED = 4_000;
  private static final int LONGEST_COMPARED = 100;
  private static final ConcurrentMap<String, Compared> COMPARED = new ConcurrentHashMap<>();

  private final Map<String, List<String>> byKey = new HashMap<>();
  private final Map<String, List<String>> byJoined = new HashMap<>();

  /** A row of the table: words, and the names they mean. */
  public record Entry(String words, List<String> names) {}

  private final List<Entry> entries = new ArrayList<>();

  private Synonyms() {}

  /** Reads the table; throws if a word appears twice. */
  public static Synonyms load() {
    Synonyms synonyms = new Synonyms();
    for (Map<String, String> row : LabelFiles.read("name_synonyms.csv")) {
      List<String> names = Arrays.asList(row.get("names").split(" ", -1));
      for (String words : row.get("words").split(SEPARATOR, -1)) {
        synonyms.add(words.strip(), names);
      }
    }
    synonyms.addDescriptions();
    return synonyms;
  }

  /** The rows of the table, in its order. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the names for some words, the most likely first; empty if they are unknown. */
  public List<String> find(String typed) {
    List<String> names = byKey.get(key(typed));
    return names != null
        ? names
        : byJoined.getOrDefault(Words.joined(Words.shortened(typed)), List.of());
  }

  /** Returns the names for each single word of a text that has several words. */
  public List<String> findByWord(String typed) {
    List<String> words = Words.telling(Words.of(Words.shortened(typed)));
    Set<String> names = new LinkedHashSet<>();
    if (words.size() > 1) {
      words.forEach(word -> names.addAll(find(word)));
    }
    return List.copyOf(names);
  }

  /** All known names by the {@link #key} of their words, for comparison with misspelt ones. */
  public Map<String, List<String>> known() {
    return Collections.unmodifiableMap(byKey);
  }

  /** Returns a normal form, the same for all ways to write the same words. */
  public static String key(String typed) {
    return Words.key(Words.shortened(typed));
  }

  /** Whether two spellings (orderBy, EXCESS_FEES) are the same name. */
  public static boolean isSame(String name, String other) {
    return compared(name).words().equals(compared(other).words());
  }

  /**
   * Returns a predicate that accepts names equal to a text except for case, accents, plural, order
   * of words and hyphens.
   */
  public static Predicate<String> alike(String text) {
    Compared typed = Compared.of(Words.shortened(text));
    return name -> {
      Compared other = compared(name);
      return typed.key().equals(other.key()) || typed.joined().equals(other.joined());
    };
  }

  /** A text, prepared for comparison. */
  private record Compared(List<String> words, String key, String joined) {
    static Compared of(String text) {
      return new Compared(Words.of(text), Words.key(text), Words.joined(text));
    }
  }

  /**
   * Prepared names are cached: splitting some hundreds of names is most of the work of a
   * comparison.
   */
  private static Compared compared(String name) {
    Compared known = COMPARED.get(name);
    if (known == null) {
      known = Compared.of(name);
      if (COMPARED.size() < MOST_COMPARED && name.length() <= LONGEST_COMPARED) {
        COMPARED.put(name, known);
      }
    }
    return known;
  }

  private void add(String words, List<String> names) {
    if (byKey.putIfAbsent(Words.key(words), names) != null) {
      throw new IllegalStateException("name_synonyms.csv has \"" + words + "\" twice");
    }
    String joined = Words.joined(words);
    if (!joined.isEmpty()) {
      byJoined.putIfAbsent(joined, names);
    }
    entries.add(new Entry(words, names));
  }

  private void addDescriptions() {
    for (Map<String, String> row : LabelFiles.read("dimensions.csv")) {
      addDescription(row);
    }
    for (Map<String, String> row : LabelFiles.read("measures.csv")) {
      addDescription(row);
    }
  }

  /**
   * Adds the variables and labels of a description. A variable shared by several dimensions means
   * the first of them; rows of the table take precedence.
   */
  private void addDescription(Map<String, String> row) {
    List<String> names = List.of(row.get("id"));
    List<String> texts = new ArrayList<>(List.of(row.get("label_fr"), row.get("label_en")));
    texts.addAll(Arrays.asList(row.get("damir").split("/", -1)));
    texts.add(row.get("id"));
    for (String text : texts) {
      if (!text.isEmpty()) {
        byKey.putIfAbsent(Words.key(text), names);
        byJoined.putIfAbsent(Words.joined(text), names);
      }
    }
  }
}
