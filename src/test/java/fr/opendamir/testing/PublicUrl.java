package fr.opendamir.testing;

import fr.opendamir.api.http.HttpConfig;
import fr.opendamir.api.http.PublicAddress;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The public address of a service, as its configuration gives it. */
public final class PublicUrl {
  private PublicUrl() {}

  /** The address that a setting makes. */
  public static PublicAddress of(String setting) {
    return new PublicAddress(
        builder()
            .withDefaultValue("opendamir.http.public-url", setting)
            .build()
            .getConfigMapping(HttpConfig.class));
  }

  /** Without the setting. */
  public static PublicAddress none() {
    return new PublicAddress(builder().build().getConfigMapping(HttpConfig.class));
  }

  private static SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(HttpConfig.class);
  }
}
