package fr.opendamir.ops;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyReader;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which disclosure policy is in force. Prefix {@code opendamir.disclosure}. */
@ConfigMapping(prefix = "opendamir.disclosure")
public interface DisclosureConfig {
  /**
   * A policy document instead of the built-in one, for the import and the service alike. A changed
   * policy needs a new id, and every published month imported again.
   */
  Optional<Path> policyFile();

  /** The policy in force. */
  static DisclosurePolicy policy() {
    return CommandConfig.read(DisclosureConfig.class)
        .policyFile()
        .map(PolicyReader::read)
        .orElseGet(PolicyReader::builtIn);
  }
}
