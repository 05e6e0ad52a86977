package fr.opendamir.api.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.opendamir.testing.PublicUrl;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityTextTest {
  private static final String CONTACT = "opendamir.discovery.security.contact";
  private static final String EXPIRES = "opendamir.discovery.security.expires";

  @Test
  void itHasTheMembersOfTheStandard() {
    SecurityText text =
        of(
            Map.of(
                CONTACT, "mailto:securite@example.org,https://example.org/securite",
                EXPIRES, "2027-01-01T01:00:00+01:00"));

    assertThat(new String(text.bytes(), UTF_8))
        .isEqualTo(
            """
            Contact: mailto:securite@example.org
            Contact: https://example.org/securite
            Expires: 2027-01-01T00:00:00Z
            Preferred-Languages: fr, en
            Canonical: https://damir.example.org/.well-known/security.txt
            """);
    assertThat(text.isValidAt(Instant.parse("2026-12-31T23:59:59Z"))).isTrue();
    assertThat(text.isValidAt(Instant.parse("2027-01-01T00:00:00Z"))).isFalse();
  }

  @Test
  void withoutSettingsThereIsNone() {
    assertThat(of(Map.of()).isValidAt(Instant.EPOCH)).isFalse();
  }

  @Test
  void oneSettingWithoutTheOtherIsRefused() {
    for (Map<String, String> settings :
        List.of(
            Map.of(CONTACT, "mailto:securite@example.org"),
            Map.of(EXPIRES, "2027-01-01T00:00:00Z"))) {
      assertThatThrownBy(() -> of(settings))
          .hasMessageContaining(CONTACT)
          .hasMessageContaining(EXPIRES);
    }
  }

  @Test
  void aContactThatNobodyCanUseIsRefused() {
    for (String contact : List.of("securite@example.org", "http://example.org/")) {
      assertThatThrownBy(() -> of(Map.of(CONTACT, contact, EXPIRES, "2027-01-01T00:00:00Z")))
          .hasMessageContaining(contact)
          .hasMessageContaining("mailto:");
    }
  }

  private static SecurityText of(Map<String, String> settings) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(DiscoveryConfig.class);
    settings.forEach(builder::withDefaultValue);
    return SecurityText.of(
        builder.build().getConfigMapping(DiscoveryConfig.class).security(),
        PublicUrl.of("https://damir.example.org"));
  }
}
