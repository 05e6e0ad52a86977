package fr.opendamir.cli;

import fr.opendamir.ingest.RunFolder;
import fr.opendamir.ingest.fetch.Fetch;
import fr.opendamir.ingest.fetch.FetchConfig;
import fr.opendamir.ingest.fetch.FetchSettings;
import fr.opendamir.ops.CommandConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The files, folders and addresses that an import is given. What addresses lead to is downloaded
 * into a folder that lives as long as the import.
 */
final class ImportArguments implements AutoCloseable {
  private final List<String> arguments;
  private RunFolder downloads;

  ImportArguments(List<String> arguments) {
    this.arguments = arguments;
  }

  boolean hasAddresses() {
    return arguments.stream().anyMatch(Fetch::isAddress);
  }

  /**
   * Downloads what there is to download.
   *
   * @param temporaryFolder for downloads
   * @return a path for each argument
   */
  List<Path> paths(Path temporaryFolder, DownloadProgress progress) throws IOException {
    if (!hasAddresses()) {
      return arguments.stream().map(Path::of).toList();
    }
    Fetch fetch = fetch(progress);
    downloads = RunFolder.create(temporaryFolder, progress::message);
    List<Path> paths = new ArrayList<>();
    for (String argument : arguments) {
      paths.add(
          Fetch.isAddress(argument)
              ? fetch.address(Fetch.parse(argument), downloads.forFile(paths.size()))
              : Path.of(argument));
    }
    progress.end();
    return paths;
  }

  /** Downloads as they are configured. */
  static Fetch fetch(DownloadProgress progress) throws IOException {
    FetchConfig config = CommandConfig.read(FetchConfig.class);
    FetchSettings settings = FetchSettings.of(config, Version.number());
    if (config.contact().isEmpty()) {
      progress.message(
          "opendamir.fetch.contact is not set: a mail or web address there lets the producer reach you");
    }
    return new Fetch(settings, progress, Clock.systemUTC());
  }

  @Override
  public void close() {
    if (downloads != null) {
      downloads.close();
    }
  }
}
