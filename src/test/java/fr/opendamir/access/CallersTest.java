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
