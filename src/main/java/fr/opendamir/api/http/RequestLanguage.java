package fr.opendamir.api.http;

import fr.opendamir.catalog.Language;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of a request: French unless it asks for English and not for French first. */
public final class RequestLanguage {
  private static final Pattern WEIGHT =
      Pattern.compile("\\s*[qQ]\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*");

  private RequestLanguage() {}

  /** The value of {@code lang} where it is one, else by {@code Accept-Language}. */
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
      return Optional.empty(); // refused before its address was read
    }
  }

  /** The language of an answer in words, which its head tells. */
  public static Language ofAnswer(HttpServerRequest request) {
    Language language = of(request);
    request.response().putHeader("Content-Language", tag(language));
    request.response().putHeader("Vary", CacheHeaders.VARY);
    return language;
  }

  /** As {@code Content-Language} names it. */
  public static String tag(Language language) {
    return language.id();
  }

  /**
   * By {@code Accept-Language}, which may be absent, and is not read where it is too long: the
   * language of ours with the highest weight, the first of equals. What is no range of languages is
   * passed over. One pass, without a list.
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

  /** From {@code q=0.8}; 0 where it is none. */
  private static double weight(String parameters) {
    Matcher weight = WEIGHT.matcher(parameters);
    return weight.matches() ? Double.parseDouble(weight.group(1)) : 0;
  }
}
