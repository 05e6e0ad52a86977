package fr.opendamir.api.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the door for agents. Prefix {@code opendamir.mcp}. */
@ConfigMapping(prefix = "opendamir.mcp")
public interface McpConfig {
  /** Whether there is a door for agents. */
  @WithDefault("true")
  boolean enabled();

  /** Maximum bytes of the JSON of an answer; rows that do not fit are left out, and it says so. */
  @WithDefault("16384")
  int maxAnswerBytes();
}
