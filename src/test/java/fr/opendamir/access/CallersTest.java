package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final String SALT = "opendamir.access.address-salt";

  @Test
  void oneAddressOfIpv4IsOneCallerAndSoIsOneNetworkOfIpv6() throws IOException {
    Callers callers = callers(Map.of(SALT, "0123456789abcdef"));
    assertThat(bucket(callers, "203.0.113.9")).isEqualTo(bucket(callers, "::ffff:203.0.113.9"));
    assertThat(bucket(callers, "203.0.113.9")).isNotEqualTo(bucket(callers, "203.0.113.8"));
    assertThat(bucket(callers, "2001:db8:1:2::1"))
        .isEqualTo(bucket(callers, "2001:db8:1:2:ffff:1:2:3"))
        .isNotEqualTo(bucket(callers, "2001:db8:1:3::1"));
    assertThat(bucket(callers, null)).isEqualTo(bucket(callers, "/run/socket"));
  }

  @Test
  void addressesOfIpv4ThatWereTranslatedAreCountedAsWhatTheyAre() throws IOException {
    Callers callers = callers(Map.of(SALT, "0123456789abcdef"));
    String known = bucket(callers, "203.0.113.9");
    assertThat(bucket(callers, "64:ff9b::cb00:7109")).isEqualTo(known);
    assertThat(bucket(callers, "64:ff9b:1::cb00:7109")).isEqualTo(known);
    assertThat(bucket(callers, "64:ff9b:1:fffe::cb00:7109")).isEqualTo(known);
    assertThat(bucket(callers, "64:ff9b::cb00:7108")).isNotEqualTo(known);
    assertThat(bucket(callers, "64:ff9b:0:1::cb00:7109")).isNotEqualTo(known);
    // Elsewhere than at the end, as in a /48 of RFC 6052.
    assertThat(bucket(callers, "64:ff9b:1:cb00:71:900::"))
        .isNotEqualTo(bucket(callers, "64:ff9b:1:cb01:71:900::"));
    for (String peer : List.of("203.0.113.9", "64:ff9b::cb00:7109", "::ffff:203.0.113.9")) {
      assertThat(callers.anonymous(peer, name -> List.of()).site()).isEmpty();
    }
  }

  @Test
  void allNetworksOfASiteOfIpv6HaveALargerAllowanceTogether() throws IOException {
    Callers callers = callers(Map.of(SALT, "0123456789abcdef"));
    Caller one = callers.anonymous("2001:db8:1:2::1", name -> List.of());
    Caller other = callers.anonymous("2001:db8:1:ffff::1", name -> List.of());
    assertThat(other.bucket()).isNotEqualTo(one.bucket());
    assertThat(other.site()).isPresent().isEqualTo(one.site());
    assertThat(callers.anonymous("2001:db8:2:2::1", name -> List.of()).site())
        .isPresent()
        .isNotEqualTo(one.site());
    Plan plan = one.site().orElseThrow().plan();
    assertThat(plan.burst().units()).isEqualTo(16 * 60);
    assertThat(plan.daily().units()).isEqualTo(16 * 5000);
    assertThat(plan.requests().units()).isEqualTo(16 * 600);
    assertThat(plan.concurrency()).isEqualTo(16 * one.plan().concurrency());
  }

  @Test
  void callersAreTheSameForEveryProcessWithTheSaltAndForNobodyElse() throws IOException {
    Map<String, String> salted = Map.of(SALT, "0123456789abcdef");
    assertThat(bucket(callers(salted), "203.0.113.9"))
        .isEqualTo(bucket(callers(salted), "203.0.113.9"))
        .isNotEqualTo(bucket(callers(Map.of()), "203.0.113.9"));
    assertThat(bucket(callers(Map.of()), "203.0.113.9"))
        .isNotEqualTo(bucket(callers(Map.of()), "203.0.113.9"));
  }

  @Test
  void noTextOfACallerHoldsItsAddress() throws IOException {
    Caller caller = callers(Map.of()).anonymous("203.0.113.9", name -> List.of());
    assertThat(caller.toString()).doesNotContain("203.0");
    assertThat(CallerAddress.parse("203.0.113.9").orElseThrow().toString()).doesNotContain("203");
  }

  @Test
  void plansHaveTheirDefaults() throws IOException {
    Plans plans = Plans.of(config(Map.of()).plans());
    assertThat(plans.all()).containsOnlyKeys("anonymous", "registered", "partner");
    assertThat(plans.anonymous().burst().units()).isEqualTo(60);
    assertThat(plans.anonymous().daily().units()).isEqualTo(5000);
    assertThat(plans.find("partner").orElseThrow().requests().units()).isEqualTo(60_000);
    assertThat(plans.find("gold")).isEmpty();
  }

  @Test
  void oneValueOfAPlanMayBeChangedAlone() throws IOException {
    Map<String, String> changed = Map.of("opendamir.access.plans.anonymous.burst.quota", "90");
    assertThat(Plans.of(config(changed).plans()).anonymous().burst().units()).isEqualTo(90);
  }

  @Test
  void wrongSettingsAreNamed() {
    assertRefused("plans.anonymous.burst.quota", "0", "plans.anonymous: quota must be 1 or more");
    assertRefused("plans.partner.daily.quota", "10", "plans.partner: daily must not be less");
    assertRefused("plans.partner.daily.window", "48h", "plans.partner: window must be 1s to");
    assertRefused("plans.partner.concurrency", "0", "plans.partner: concurrency must be 1");
    assertRefused("ipv6-site-factor", "0", "ipv6-site-factor must be 1 to 65536");
    assertRefused("address-salt", "short", "address-salt must have 16 characters");
    assertRefused("proxies.trusted", "proxy.local", "proxies.trusted: no address: proxy.local");
  }

  private static void assertRefused(String setting, String value, String message) {
    assertThatThrownBy(() -> callers(Map.of("opendamir.access." + setting, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("opendamir.access." + message);
  }

  private static String bucket(Callers callers, String peer) {
    return callers.anonymous(peer, name -> List.of()).bucket();
  }

  private static Callers callers(Map<String, String> settings) throws IOException {
    AccessConfig config = config(settings);
    return Callers.of(config, Plans.of(config.plans()));
  }

  private static AccessConfig config(Map<String, String> settings) throws IOException {
    return new SmallRyeConfigBuilder()
        .withMapping(AccessConfig.class)
        .withConverter(Duration.class, 300, new DurationConverter())
        .withSources(
            new PropertiesConfigSource(
                CallersTest.class.getResource("/application.properties"), 100))
        .withSources(new PropertiesConfigSource(settings, "test", 500))
        .withValidateUnknown(false)
        .build()
        .getConfigMapping(AccessConfig.class);
  }
}
