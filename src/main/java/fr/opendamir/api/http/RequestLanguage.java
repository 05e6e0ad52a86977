package fr.opendamir.api.http;

import fr.opendamir.catalog.Language;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** The language of a request: French unless it asks for English and not for French first. */
public final class RequestLanguage {
  private static final List<Locale> SUPPORTED = List.of(Locale.FRENCH, Locale.ENGLISH);

  private RequestLanguage() {}

  /** The value of {@code lang} where it is one, else by {@code Accept-Language}. */
  public static Language of(HttpServerRequest request) {
    String asked = request.getParam("lang");
    if (asked != null) {
      for (Language language : Language.values()) {
        if (language.name().equalsIgnoreCase(asked)) {
          return language;
        }
      }
    }
    return ofHeader(request.getHeader("Accept-Language"));
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
