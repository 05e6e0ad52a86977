package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
  private static final String PROXY = "10.0.0.1";
  private static final TrustedProxies FORWARDED_FOR =
      new TrustedProxies(
          List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"), ForwardingHeader.X_FORWARDED_FOR);
  private static final TrustedProxies FORWARDED =
      new TrustedProxies(List.of("10.0.0.0/8"), ForwardingHeader.FORWARDED);

  @Test
  void aPeerThatIsNotTrustedIsTheCallerWhateverItSays() {
    assertThat(of("203.0.113.9", "198.51.100.1")).isEqualTo(address("203.0.113.9"));
    assertThat(of("11.0.0.1", "198.51.100.1")).isEqualTo(address("11.0.0.1"));
  }

  @Test
  void nobodyIsTrustedByDefault() {
    TrustedProxies none = new TrustedProxies(List.of(), ForwardingHeader.X_FORWARDED_FOR);
    assertThat(none.find(address(PROXY), name -> List.of("198.51.100.1")))
        .isEqualTo(address(PROXY));
  }

  @Test
  void theLastHopThatIsNotTrustedIsTheCaller() {
    assertThat(of(PROXY, "198.51.100.1")).isEqualTo(address("198.51.100.1"));
    assertThat(of(PROXY, "6.6.6.6, 198.51.100.1, 10.2.3.4,192.0.2.7"))
        .isEqualTo(address("198.51.100.1"));
    assertThat(of(PROXY, "6.6.6.6", "198.51.100.1", "10.2.3.4")).isEqualTo(address("198.51.100.1"));
    assertThat(of("fd00::1", "2001:db8::5")).isEqualTo(address("2001:db8::5"));
    assertThat(of("::ffff:10.0.0.1", "198.51.100.1")).isEqualTo(address("198.51.100.1"));
  }

  @Test
  void trustedHopsOnlyLeadToTheFirst() {
    assertThat(of(PROXY, "10.9.9.9, 10.8.8.8")).isEqualTo(address("10.9.9.9"));
    assertThat(of(PROXY)).isEqualTo(address(PROXY));
  }

  @Test
  void portsBracketsAndQuotesAreUnderstood() {
    for (String text :
        List.of(
            "2001:db8::5",
            "[2001:db8::5]",
            "[2001:db8::5]:443",
            "\"[2001:db8::5]:443\"",
            " 2001:DB8:0:0::5 ")) {
      assertThat(of(PROXY, text)).as(text).isEqualTo(address("2001:db8::5"));
    }
    assertThat(of(PROXY, "198.51.100.1:8080")).isEqualTo(address("198.51.100.1"));
    assertThat(of(PROXY, "::ffff:198.51.100.1")).isEqualTo(address("198.51.100.1"));
  }

  @Test
  void nonsenseEndsTheSearchAtTheProxyThatReportedIt() {
    for (String text :
        List.of(
            "",
            "unknown",
            "_hidden",
            "localhost",
            "example.org",
            "1.2.3",
            "1.2.3.256",
            "0x7f.1",
            "[::1",
            "[]",
            "[1.2.3.4]x",
            "1.2.3.4:",
            "1.2.3.4:80:80",
            ":",
            "\"",
            "1.2.3.4 5.6.7.8",
            "2130706433",
            "a".repeat(500))) {
      assertThat(of(PROXY, "198.51.100.1, " + text)).as(text).isEqualTo(address(PROXY));
      assertThat(of(PROXY, "198.51.100.1, " + text + ", 10.2.2.2"))
          .as(text)
          .isEqualTo(address("10.2.2.2"));
    }
  }

  @Test
  void forwardedIsReadAsItsStandardSays() {
    for (String text :
        List.of(
            "for=198.51.100.1",
            "For=\"198.51.100.1:4711\"",
            "for=6.6.6.6, for=198.51.100.1;proto=https;by=203.0.113.43",
            "proto=http; by=\"a;for=6.6.6.6,\" ; for=198.51.100.1",
            "for=6.6.6.6;host=\"a\\\",b\", for=198.51.100.1",
            "for=198.51.100.1:_secret")) {
      assertThat(forwarded(text)).as(text).isEqualTo(address("198.51.100.1"));
    }
    assertThat(forwarded("for=\"[2001:db8:cafe::17]:4711\""))
        .isEqualTo(address("2001:db8:cafe::17"));
    for (String text :
        List.of(
            "for=unknown",
            "for=_gazonk",
            "proto=https",
            "for=",
            "for=1.2.3.4;for=5.6.7.8",
            "198.51.100.1",
            "for=\"198.51.100.1")) {
      assertThat(forwarded(text)).as(text).isEqualTo(address(PROXY));
    }
  }

  @Test
  void theHeaderThatProxiesDoNotSetIsNotRead() {
    assertThat(
            FORWARDED_FOR.find(
                address(PROXY),
                name ->
                    name.equals("Forwarded") ? List.of("for=6.6.6.6") : List.of("198.51.100.1")))
        .isEqualTo(address("198.51.100.1"));
    assertThat(
            FORWARDED_FOR.find(
                address(PROXY),
                name -> name.equals("Forwarded") ? List.of("for=6.6.6.6") : List.of()))
        .isEqualTo(address(PROXY));
  }

  /** Whatever stands left of what the proxy wrote, the caller is who the proxy saw. */
  @Test
  void whatCallersPutBeforeChangesNothing() {
    Random random = new Random(20261124);
    String alphabet = "0123456789abcdef:.,;=\"[]_ \\for%";
    for (int round = 0; round < 20_000; round++) {
      List<String> lines = new ArrayList<>();
      for (int line = random.nextInt(3); line > 0; line--) {
        lines.add(text(random, alphabet));
      }
      lines.add(text(random, alphabet) + ", 198.51.100.1, 10.1.1.1");
      assertThat(FORWARDED_FOR.find(address(PROXY), name -> lines))
          .as("%s", lines)
          .isEqualTo(address("198.51.100.1"));
      lines.set(
          lines.size() - 1,
          text(random, alphabet) + ", for=\"[2001:db8::5]:80\";proto=https, for=10.1.1.1");
      assertThat(FORWARDED.find(address(PROXY), name -> lines))
          .as("%s", lines)
          .isEqualTo(address("2001:db8::5"));
      assertThat(FORWARDED.find(address("203.0.113.9"), name -> lines))
          .isEqualTo(address("203.0.113.9"));
    }
  }

  @Test
  void longHeadersAreReadToABound() {
    assertThat(of(PROXY, "6.6.6.6," + "10.1.1.1,".repeat(100_000) + "10.1.1.2"))
        .isEqualTo(address("10.1.1.1"));
  }

  @Test
  void whatIsNoNetworkIsRefusedByName() {
    for (String text : List.of("10.0.0.0/33", "::/129", "proxy.local", "10.0.0.0/-1", "10/8", "")) {
      assertThatThrownBy(() -> new TrustedProxies(List.of(text), ForwardingHeader.X_FORWARDED_FOR))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("opendamir.access.proxies.trusted");
    }
    assertThat(Network.parse("0.0.0.0/0").contains(address("203.0.113.9"))).isTrue();
    assertThat(Network.parse("0.0.0.0/0").contains(address("2001:db8::1"))).isFalse();
    assertThat(Network.parse("10.128.0.0/9").contains(address("10.127.255.255"))).isFalse();
    assertThat(Network.parse("10.128.0.0/9").contains(address("10.255.0.1"))).isTrue();
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static CallerAddress of(String peer, String... lines) {
    return FORWARDED_FOR.find(
        address(peer), name -> name.equals("X-Forwarded-For") ? List.of(lines) : List.of());
  }

  private static CallerAddress forwarded(String... lines) {
    return FORWARDED.find(
        address(PROXY), name -> name.equals("Forwarded") ? List.of(lines) : List.of());
  }

  private static CallerAddress address(String text) {
    return CallerAddress.parse(text).orElseThrow();
  }
}
