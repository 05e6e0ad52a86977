package fr.opendamir.access;

/** The header in which proxies name the client that they forward for. */
public enum ForwardingHeader {
  X_FORWARDED_FOR("X-Forwarded-For"),
  /** RFC 7239. */
  FORWARDED("Forwarded");

  private final String header;

  ForwardingHeader(String header) {
    this.header = header;
  }

  /** As it is written in requests. */
  public String header() {
    return header;
  }
}
