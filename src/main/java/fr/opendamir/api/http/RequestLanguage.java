package fr.opendamir.api.http;

import fr.opendamir.catalog.Language;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Determines the language of a request: French unless English is requested and not ranked after
 * French.
 */
public final class RequestLanguage {
  private static final Pattern WEIGHT =
      Pattern.compile("\\s*[qQ]\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*");

  private RequestLanguage() {}

  /**
   * The value of {@code lang} if it is a language, otherwise taken from {@code Accept-Language}.
   */
  public static Language of(HttpServerRequest request) {
    return parameter(request)
        .map(String::strip)
        .flatMap(Language::find)
        .orElseGet(() -> ofHeader(request.getHeader("Accept-Language")));
  }

  private static Optional<String> parameter(HttpServerRequest request) {
    try {
      return Optional.ofNullable(request.getParam("lang"));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // rejected before its address was parsed
    }
  }

  /**
   * Determines the language of an answer with texts, and sets {@code Content-Language} and {@code
   * Vary}.
   */
  public static Language ofAnswer(HttpServerRequest request) {
    Language language = of(request);
    request.response().putHeader("Content-Language", tag(language));
    request.response().putHeader("Vary", CacheHeaders.VARY);
    return language;
  }

  /** The value of {@code Content-Language} for a language. */
  public static String tag(Language language) {
    return language.id();
  }

  /**
   * The supported language with the highest weight in {@code Accept-Language}, the first of equals.
   * French if the header is null or too long. Malformed ranges are skipped. Scans the header once,
   * without building a list.
   */
  public static Language ofHeader(String header) {
    if (header == null || header.length() > HeaderRules.LONGEST) {
      return Language.FR;
    }
    Language best = Language.FR;
    double highest = 0;
    for (int start = 0; start < header.length(); ) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      String range = header.substring(start, end);
      int parameters = range.indexOf(';');
      Optional<Language> language =
          Language.find((parameters < 0 ? range : range.substring(0, parameters)).strip());
      if (language.isPresent()) {
        double weight = parameters < 0 ? 1 : weight(range.substring(parameters + 1));
        if (weight > highest) {
          highest = weight;
          best = language.get();
        }
      }
      start = end + 1;
    }
    return best;
  }

  /** Parses a weight such as {@code q=0.8}; 0 if it is malformed. */
  private static double weight(String parameters) {
    Matcher weight = WEIGHT.matcher(parameters);
    return weight.matches() ? Double.parseDouble(weight.group(1)) : 0;
  }
}
