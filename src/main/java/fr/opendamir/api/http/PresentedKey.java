package fr.opendamir.api.http;

import fr.opendamir.access.KeyText;
import fr.opendamir.catalog.Label;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The API key in the headers of a request: {@code X-API-Key}, or {@code Authorization: Bearer}.
 *
 * <p>Clients and proxies add {@code Authorization} headers of their own, for example from {@code
 * .netrc} or from the password of a site in front of the service. Next to a key such a header is
 * ignored; alone it is rejected, because its sender expected to be authenticated.
 *
 * @param key the presented text, which may not be a valid key; empty if none is presented or if the
 *     headers are rejected
 * @param refusal the reason why the headers are rejected without looking up a key
 */
record PresentedKey(Optional<String> key, Optional<Label> refusal) {
  private static final PresentedKey NONE = new PresentedKey(Optional.empty(), Optional.empty());

  private static final String BEARER = "bearer";
  private static final Set<String> OF_OTHERS =
      Set.of("basic", "digest", "negotiate", "ntlm", "kerberos");
  private static final int LONGEST_SHOWN = 20;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Reads the key from the headers of a request. */
  static PresentedKey of(MultiMap headers) {
    boolean isSent = headers.contains("X-API-Key") || headers.contains("Authorization");
    if (!isSent) {
      return NONE;
    }
    return of(headers.getAll("X-API-Key"), headers.getAll("Authorization"));
  }

  private static PresentedKey of(List<String> named, List<String> authorizations) {
    Set<String> keys = new LinkedHashSet<>();
    for (String key : named) {
      addTo(keys, key);
    }
    boolean isNamed = !keys.isEmpty();
    List<String> schemes = new ArrayList<>();
    for (String header : authorizations) {
      if (header.length() > HeaderRules.LONGEST_LIST) { // a token for another service, not parsed
        schemes.add("?");
        continue;
      }
      for (String credentials : header.split(",", -1)) { // some proxies join repeated headers
        String[] parts = SPACES.split(credentials.strip(), 2);
        if (parts[0].equalsIgnoreCase(BEARER) && parts.length == 2) {
          // A bearer token for another service is not a second key.
          if (!isNamed || KeyText.parse(parts[1].strip()).isPresent()) {
            addTo(keys, parts[1]);
          }
        } else if (!parts[0].isEmpty()) {
          schemes.add(parts[0]);
        }
      }
    }
    if (keys.size() > 1) {
      return refused(
          "deux clés différentes sont envoyées, dans X-API-Key et Authorization ; n'en garder"
              + " qu'une",
          "two different keys are sent, in X-API-Key and Authorization; keep one of them");
    }
    if (!keys.isEmpty()) {
      return new PresentedKey(keys.stream().findFirst(), Optional.empty());
    }
    if (!schemes.isEmpty()) {
      return refusal(schemes.get(0));
    }
    return refused(
        "l'en-tête de la clé est vide : la variable qui devait la contenir ne l'est-elle pas"
            + " aussi ? La lecture est possible sans cet en-tête",
        "the header of the key is empty: is the variable that should hold it, too? Reading"
            + " works without that header");
  }

  private static void addTo(Set<String> keys, String key) {
    if (!key.isBlank()) {
      keys.add(key.strip());
    }
  }

  private static PresentedKey refusal(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (lower.equals(BEARER)) {
      return refused(
          "Authorization: Bearer n'est suivi d'aucune clé ; la lecture est possible sans cet"
              + " en-tête",
          "Authorization: Bearer is followed by no key; reading works without that header");
    }
    if (KeyText.parse(scheme).isPresent()) {
      return refused(
          "la clé va dans X-API-Key, ou après Bearer : Authorization: Bearer odk_…",
          "the key goes into X-API-Key, or after Bearer: Authorization: Bearer odk_…");
    }
    if (OF_OTHERS.contains(lower)) {
      return refused(
          "Authorization: %1$s n'est pas une clé de ce service : l'en-tête vient sans doute d'un"
                  .formatted(shown(scheme))
              + " fichier .netrc (curl --no-netrc l'ignore ; requests : trust_env=False), d'un mot"
              + " de passe dans l'adresse ou d'un proxy. La lecture est possible sans lui ; une clé"
              + " va dans X-API-Key ou Authorization: Bearer",
          "Authorization: %s is not a key of this service: the header probably comes from a file"
                  .formatted(shown(scheme))
              + " .netrc (curl --no-netrc ignores it; requests: trust_env=False), from a password"
              + " in the address or from a proxy. Reading works without it; a key goes into"
              + " X-API-Key or Authorization: Bearer");
    }
    return refused(
        "Authorization: %s n'est pas compris ; une clé va dans X-API-Key ou Authorization: Bearer,"
                .formatted(shown(scheme))
            + " et la lecture est possible sans",
        "Authorization: %s is not understood; a key goes into X-API-Key or Authorization: Bearer,"
                .formatted(shown(scheme))
            + " and reading works without one");
  }

  private static PresentedKey refused(String french, String english) {
    return new PresentedKey(Optional.empty(), Optional.of(new Label(french, english)));
  }

  /** Returns the scheme if it looks like the name of one; any other text may be a secret. */
  private static String shown(String scheme) {
    return scheme.length() <= LONGEST_SHOWN && scheme.matches("[A-Za-z][A-Za-z0-9-]*")
        ? scheme
        : "…";
  }
}
