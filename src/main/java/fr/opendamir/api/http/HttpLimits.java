package fr.opendamir.api.http;

import fr.opendamir.access.AccessConfig;
import fr.opendamir.access.StreamPlaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limits on requests at every entry point. */
@ApplicationScoped
class HttpLimits implements DoorLimits {
  private final AccessConfig access;
  private final HttpConfig http;
  private final StreamPlaces streams;

  HttpLimits(AccessConfig access, HttpConfig http, StreamPlaces streams) {
    this.access = access;
    this.http = http;
    this.streams = streams;
  }

  @Override
  public String door() {
    return "http";
  }

  @Override
  public Map<String, Long> limits() {
    Map<String, Long> limits = new LinkedHashMap<>();
    limits.put("max_header_length", (long) HeaderRules.LONGEST);
    limits.put("max_list_header_length", (long) HeaderRules.LONGEST_LIST);
    limits.put("ipv6_site_factor", (long) access.ipv6SiteFactor());
    limits.put("wrong_keys", access.wrongKeys().quota());
    limits.put("wrong_keys_window_seconds", access.wrongKeys().window().toSeconds());
    limits.put("unread_bytes", http.unreadOfCaller().asLongValue());
    limits.put("stall_seconds", http.stallLimit().toSeconds());
    limits.put("streams", (long) streams.mostOfCaller());
    limits.put("stream_seconds", streams.longest().toSeconds());
    limits.put("stream_bytes_per_second", http.leastRate().asLongValue());
    return limits;
  }
}
