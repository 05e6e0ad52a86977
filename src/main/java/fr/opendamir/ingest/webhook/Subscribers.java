package fr.opendamir.ingest.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * The configured addresses and the key that signs what they get.
 *
 * @param key empty if there are no addresses
 */
public record Subscribers(List<URI> addresses, Optional<SecretKeySpec> key) {
  private static final String ADDRESSES = "opendamir.publish.webhooks";
  private static final String SECRET = "opendamir.publish.webhook-secret";
  private static final String PREFIX = "whsec_";
  private static final int MOST = 20;
  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;

  /**
   * Reads the configuration, before anything is published.
   *
   * @throws IllegalArgumentException if an address or the secret cannot be used; the message never
   *     has the secret, nor the path of an address, which may hold one
   */
  public static Subscribers of(PublishConfig config) {
    List<URI> addresses = new ArrayList<>();
    for (String text : config.webhooks().orElse(List.of())) {
      URI address = address(text, addresses.size() + 1);
      if (addresses.contains(address)) {
        throw refused(ADDRESSES, "has address " + (addresses.size() + 1) + " twice");
      }
      addresses.add(address);
    }
    if (addresses.size() > MOST) {
      throw refused(ADDRESSES, "has more than " + MOST + " addresses");
    }
    return new Subscribers(
        List.copyOf(addresses),
        addresses.isEmpty()
            ? Optional.empty()
            : Optional.of(key(config.webhookSecret().orElse(""))));
  }

  /** The part of an address that may be told: its path and query may hold a secret. */
  static String shown(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }

  private static URI address(String text, int index) {
    String which = "address " + index + " ";
    try {
      URI address = new URI(text.strip());
      boolean isWeb =
          "https".equalsIgnoreCase(address.getScheme())
              || "http".equalsIgnoreCase(address.getScheme());
      if (!isWeb || address.getHost() == null) {
        throw refused(
            ADDRESSES,
            which + "must be like https://example.org/hook, with https or http and a host");
      }
      if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
        throw refused(ADDRESSES, which + "must have no user and no fragment");
      }
      return address;
    } catch (URISyntaxException e) {
      throw refused(ADDRESSES, which + "is not a valid address");
    }
  }

  private static SecretKeySpec key(String secret) {
    String form =
        "must be %s and %d to %d random bytes in Base64, such as the output of: echo %s$(openssl rand -base64 32)"
            .formatted(PREFIX, SHORTEST_KEY, LONGEST_KEY, PREFIX);
    if (!secret.startsWith(PREFIX)) {
      throw refused(SECRET, form);
    }
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
        throw refused(SECRET, form);
      }
      return new SecretKeySpec(key, Notice.ALGORITHM);
    } catch (IllegalArgumentException e) {
      throw refused(SECRET, form);
    }
  }

  private static IllegalArgumentException refused(String setting, String reason) {
    return new IllegalArgumentException(setting + " " + reason);
  }
}
