package fr.opendamir.api.mcp;

import fr.opendamir.api.http.PublicAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that requests of agents may name. A page of another site that points its own name to
 * this machine (DNS rebinding) sends that name, so names other than the public one are refused;
 * {@code localhost} and IP addresses cannot be pointed elsewhere.
 */
final class KnownHosts {
  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9a-f:.]{2,45}\\]|\\d{1,3}(\\.\\d{1,3}){3}|localhost");

  private final Optional<String> known;

  /** Creates the hosts of a service with a public address, or of one without. */
  KnownHosts(PublicAddress address) {
    this.known = address.base().map(KnownHosts::host);
  }

  /**
   * Whether a request may be answered.
   *
   * @param authority its host, with or without a port; null if it has none
   * @param origin its header {@code Origin}; null for programs other than browsers
   */
  boolean accepts(String authority, String origin) {
    return isKnown(host("http://" + authority))
        && (origin == null || isKnown(origin.indexOf("://") < 0 ? null : host(origin)));
  }

  private boolean isKnown(String host) {
    return host != null
        && (ADDRESS.matcher(host).matches() || known.filter(host::equals).isPresent());
  }

  private static String host(String address) {
    try {
      String host = new URI(address).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
