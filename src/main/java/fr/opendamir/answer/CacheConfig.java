package fr.opendamir.answer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configuration of the answer cache. Prefix {@code opendamir.cache}. */
@ConfigMapping(prefix = "opendamir.cache")
public interface CacheConfig {
  /** Maximum size of cached answers, in MiB; 0 disables the cache. */
  @WithDefault("64")
  int memoryMb();
}
