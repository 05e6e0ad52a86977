package fr.opendamir.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the client of a request; only the configured proxies are trusted. */
final class TrustedProxies {
  private final List<Network> trusted;
  private final ForwardingHeader header;

  /**
   * Reads and checks the configuration.
   *
   * @throws IllegalArgumentException naming what is no network
   */
  TrustedProxies(List<String> networks, ForwardingHeader header) {
    try {
      this.trusted = networks.stream().map(String::strip).map(Network::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "opendamir.access.proxies.trusted: " + e.getMessage() + " (expected 10.0.0.0/8)", e);
    }
    this.header = header;
  }

  /**
   * The peer; where it is trusted, the last hop before it that is not. A hop that is no address
   * ends the search at the proxy that reported it, so that nonsense gives nobody a fresh allowance.
   *
   * @param headers all lines of a header, in their order
   */
  CallerAddress find(CallerAddress peer, Function<String, List<String>> headers) {
    if (!isTrusted(peer)) {
      return peer;
    }
    CallerAddress last = peer;
    for (Optional<CallerAddress> hop :
        ForwardedHops.fromLast(header, headers.apply(header.header()))) {
      if (hop.isEmpty()) {
        return last;
      }
      last = hop.get();
      if (!isTrusted(last)) {
        return last;
      }
    }
    return last;
  }

  private boolean isTrusted(CallerAddress address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
