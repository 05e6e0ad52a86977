package fr.opendamir.cli;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.ImportConfig;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DisclosureConfig;
import java.nio.file.Path;
import java.util.Optional;

/** The options of an import, from the configuration and the command line. */
final class ConfiguredImport {
  private static final long MEBIBYTE = 1 << 20;

  private ConfiguredImport() {}

  static ImportOptions options(
      ServingDatabase database,
      boolean acceptLoss,
      boolean replace,
      boolean synthetic,
      boolean publicSource) {
    ImportConfig config = CommandConfig.read(ImportConfig.class);
    DisclosurePolicy policy = DisclosureConfig.policy();
    Path archive =
        config.archive().folder().map(Path::of).orElse(database.folder().resolve("archive"));
    return new ImportOptions(
        config.temporaryFolder().map(Path::of).orElse(database.folder().resolve("tmp")),
        config.memoryMb() * MEBIBYTE,
        config.threads().orElse(Runtime.getRuntime().availableProcessors()),
        config.loss().warnAbove().orElse(policy.lossBounds().warnAbove()),
        config.loss().refuseAbove().orElse(policy.lossBounds().refuseAbove()),
        acceptLoss,
        replace,
        config.archive().enabled() ? Optional.of(archive) : Optional.empty(),
        archive,
        config.rollups().budget(),
        synthetic,
        publicSource);
  }
}
