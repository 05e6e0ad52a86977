package fr.opendamir.cli;

import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.ImportConfig;
import fr.opendamir.ingest.ImportOptions;
import fr.opendamir.ingest.SegmentConversion;
import fr.opendamir.ops.CommandConfig;
import fr.opendamir.ops.DisclosureConfig;
import fr.opendamir.store.PgImportStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The options of an import, from the configuration and the command line. */
final class ConfiguredImport {
  private static final long MEBIBYTE = 1 << 20;

  private ConfiguredImport() {}

  /**
   * Reads the options.
   *
   * @param databaseFolder the folder of the database, for what has no folder of its own
   */
  static ImportOptions options(
      Path databaseFolder,
      boolean acceptLoss,
      boolean replace,
      boolean synthetic,
      boolean publicSource,
      boolean verify)
      throws IOException {
    ImportConfig config = CommandConfig.read(ImportConfig.class);
    DisclosurePolicy policy = DisclosureConfig.policy();
    Path archive =
        config.archive().folder().map(Path::of).orElse(databaseFolder.resolve("archive"));
    return new ImportOptions(
        temporaryFolder(config, databaseFolder),
        config.memoryMb() * MEBIBYTE,
        threads(config),
        config.loss().warnAbove().orElse(policy.lossBounds().warnAbove()),
        config.loss().refuseAbove().orElse(policy.lossBounds().refuseAbove()),
        acceptLoss,
        replace,
        config.archive().enabled() ? Optional.of(archive) : Optional.empty(),
        archive,
        config.rollups().budget(),
        config.rollups().segmentBudget(),
        synthetic,
        publicSource,
        verify,
        Version.number());
  }

  /** The conversion of what earlier versions published, with the resources of an import. */
  static SegmentConversion segmentConversion(ServingDatabase database) {
    ImportConfig config = CommandConfig.read(ImportConfig.class);
    return new SegmentConversion(
        new PgImportStore(database.settings()),
        temporaryFolder(config, database.folder()),
        config.memoryMb() * MEBIBYTE,
        threads(config));
  }

  private static Path temporaryFolder(ImportConfig config, Path databaseFolder) {
    return config.temporaryFolder().map(Path::of).orElse(databaseFolder.resolve("tmp"));
  }

  private static int threads(ImportConfig config) {
    return config.threads().orElse(Runtime.getRuntime().availableProcessors());
  }
}
