package fr.opendamir.access;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/** An IP address. Its text is of no use to logs on purpose. */
public final class CallerAddress {
  private static final int IPV4_BYTES = 4;

  /** One customer of IPv6 has 2^64 addresses at least. */
  private static final int IPV6_NETWORK_BYTES = 8;

  /** Longer texts are no address: 39 characters, and a zone. */
  private static final int LONGEST = 64;

  private final byte[] bytes;

  private CallerAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a literal address, without port or brackets; never asks for a name. */
  static Optional<CallerAddress> parse(String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    boolean isLiteral = NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    byte[] bytes = isLiteral ? NetUtil.createByteArrayFromIpAddressString(text) : null;
    return Optional.ofNullable(bytes).map(CallerAddress::unmapped).map(CallerAddress::new);
  }

  /** The address itself for IPv4, the first 64 bits for IPv6. */
  byte[] network() {
    return bytes.length == IPV4_BYTES ? bytes.clone() : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Whether the first bits are those of another address of the same family. */
  boolean startsLike(CallerAddress other, int bits) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }

  /** IPv4 written as IPv6 ({@code ::ffff:192.0.2.1}) is the same caller. */
  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length == IPV4_BYTES) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1 ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallerAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length == IPV4_BYTES ? "an IPv4 address" : "an IPv6 address";
  }
}
