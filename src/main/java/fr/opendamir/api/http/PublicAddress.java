package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The address under which clients reach the service, from the setting {@code
 * opendamir.http.public-url}. What others store, such as catalogues, must name it; the {@code Host}
 * of a request does not do, because clients choose it.
 */
@Singleton
public class PublicAddress {
  private static final String LOCAL = "http://localhost:8080";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Optional<String> base;

  /**
   * Reads the setting.
   *
   * @throws IllegalStateException if it is not the address of a web server
   */
  public PublicAddress(HttpConfig config) {
    this.base = config.publicUrl().map(PublicAddress::withoutSlash);
  }

  private static String withoutSlash(URI url) {
    if (url.getScheme() == null
        || !SCHEMES.contains(url.getScheme())
        || url.getHost() == null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalStateException(
          "opendamir.http.public-url is « %s »; give an address such as https://damir.example.org"
              .formatted(url));
    }
    return url.toString().replaceFirst("/+$", "");
  }

  /** The address without a slash at its end; empty if it is not configured. */
  public Optional<String> base() {
    return base;
  }

  /**
   * The address that a document cannot be made without.
   *
   * @param document what needs it, such as "the list of pages"
   * @throws UnknownNameException if it is not configured
   */
  public String required(Label document) {
    return base.orElseThrow(
        () ->
            new UnknownNameException(
                new Label(
                    document.fr()
                        + " demande l'adresse publique du service : opendamir.http.public-url n'est"
                        + " pas réglé",
                    document.en()
                        + " needs the public address of the service: opendamir.http.public-url is"
                        + " not set")));
  }

  /** The address for examples: if none is configured, that of a service that was just started. */
  public String inExamples() {
    return base.orElse(LOCAL);
  }

  /** The full address of a path, or the path itself if no public address is configured. */
  public String of(String path) {
    return base.orElse("") + path;
  }
}
