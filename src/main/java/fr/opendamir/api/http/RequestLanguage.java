package fr.opendamir.api.http;

import fr.opendamir.catalog.Language;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The language of a request: French unless it asks for English and not for French first. */
public final class RequestLanguage {
  private static final List<Locale> SUPPORTED = List.of(Locale.FRENCH, Locale.ENGLISH);

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

  /** By {@code Accept-Language}, which may be absent. */
  public static Language ofHeader(String header) {
    if (header == null) {
      return Language.FR;
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(header), SUPPORTED);
      return Locale.ENGLISH.equals(best) ? Language.EN : Language.FR;
    } catch (IllegalArgumentException e) {
      return Language.FR; // not a list of languages
    }
  }
}
