package fr.opendamir.access;

/** A network of addresses (CIDR). */
record Network(CallerAddress base, int bits) {
  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    CallerAddress base =
        CallerAddress.parse(address)
            .orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    int longest = base.bytes().length * Byte.SIZE;
    int bits = slash < 0 ? longest : bits(text.substring(slash + 1));
    if (bits < 0 || bits > longest) {
      throw new IllegalArgumentException("no network: " + text);
    }
    return new Network(base, bits);
  }

  boolean contains(CallerAddress address) {
    return address.startsLike(base, bits);
  }

  private static int bits(String text) {
    try {
      return text.startsWith("+") ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
