package fr.opendamir.answer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The cache of answers. Prefix {@code opendamir.cache}. */
@ConfigMapping(prefix = "opendamir.cache")
public interface CacheConfig {
  /** Bytes of answers that are kept, in MiB; 0 keeps none. */
  @WithDefault("64")
  int memoryMb();
}
