package fr.opendamir.access;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.Optional;

/** An IP address. Its text is of no use to logs on purpose. */
public final class CallerAddress {
  private static final int IPV4_BYTES = 4;

  /** One customer of IPv6 has 2^64 addresses at least. */
  private static final int IPV6_NETWORK_BYTES = 8;

  /** And up to 65,536 such networks. */
  private static final int IPV6_SITE_BYTES = 6;

  /** Of translators from IPv4 (RFC 6052): 64:ff9b::/96. */
  private static final byte[] TRANSLATED = {
    0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** The same for use within a network (RFC 8215), of which translators have a /96 each. */
  private static final byte[] TRANSLATED_HERE = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

  /** IPv4 written as IPv6: ::ffff:0:0/96. */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

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
    return isIpv4() ? bytes.clone() : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES);
  }

  /** The first 48 bits of IPv6, of which one customer may have all networks; empty for IPv4. */
  Optional<byte[]> site() {
    return isIpv4() ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, IPV6_SITE_BYTES));
  }

  private boolean isIpv4() {
    return bytes.length == IPV4_BYTES;
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

  /**
   * IPv4 written as IPv6 ({@code ::ffff:192.0.2.1}), or translated ({@code 64:ff9b::192.0.2.1}), is
   * the same caller. Within {@code 64:ff9b:1::/48} translators may put the address elsewhere than
   * at the end; nothing is there then, and what is there is left to be IPv6.
   */
  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length == IPV4_BYTES) {
      return bytes;
    }
    byte[] last = Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length);
    boolean isTranslated =
        startsWith(bytes, MAPPED)
            || startsWith(bytes, TRANSLATED)
            || (startsWith(bytes, TRANSLATED_HERE) && !Arrays.equals(last, new byte[IPV4_BYTES]));
    return isTranslated ? last : bytes;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
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
    return isIpv4() ? "an IPv4 address" : "an IPv6 address";
  }
}
