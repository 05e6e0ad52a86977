package fr.opendamir.cli;

import fr.opendamir.ingest.fetch.FetchedFile;
import fr.opendamir.ingest.fetch.MonthRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Downloads monthly files from the producer. */
@Command(
    name = "fetch",
    description = {
      "Download monthly files of Open DAMIR from the pages of their producer, about 1 GB each.",
      "Files that are there are left as they are; interrupted downloads go on where they were. Each"
          + " file is checked to its last byte before it gets its name, with its SHA-256 beside it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every file is there, and imported if that was asked for",
      "1:a file could not be had, the others are there and nothing is imported; or one was refused",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "MONTHS",
      converter = RangeConverter.class,
      description = "2025-01, 2025-01..2025-12, or 2025-01.. for all that are published since.")
  MonthRange months;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Folder for the files (default: this one).")
  Path folder;

  @Mixin OutputFile outputFile;

  @Option(
      names = "--dry-run",
      description = "Say what would be downloaded, after a look at the producer's pages.")
  boolean dryRun;

  @Option(
      names = "--import",
      description = "Import the files as one release, as public files, once all of them are there.")
  boolean importFiles;

  @Option(names = "--wait", description = "With --import: wait while another import runs.")
  boolean waitForOthers;

  @Override
  public Integer call() throws IOException {
    if (importFiles && dryRun) {
      throw new ParameterException(spec.commandLine(), "--dry-run imports nothing");
    }
    DownloadProgress progress =
        new DownloadProgress(spec.commandLine().getOut(), spec.commandLine().getErr());
    List<FetchedFile> files;
    try {
      files = ImportArguments.fetch(progress).months(months, folder, outputFile.replace, dryRun);
    } finally {
      progress.end();
    }
    long failed = files.stream().filter(file -> file.status() == FetchedFile.Status.FAILED).count();
    if (failed > 0) {
      if (importFiles) {
        progress.message(
            "Nothing is imported, because %d of %d files could not be had: the same command goes on"
                    .formatted(failed, files.size())
                + " with them; name other months to import those that are there.");
      }
      return 1;
    }
    return importFiles && !files.isEmpty()
        ? importAll(files.stream().map(file -> file.path().toString()).toList())
        : 0;
  }

  private int importAll(List<String> files) throws IOException {
    ImportCommand command = new ImportCommand();
    command.spec = spec;
    command.files = files;
    command.publicSource = true;
    command.waitForOthers = waitForOthers;
    return command.call();
  }

  /** What is not a range of months is wrong usage. */
  static final class RangeConverter implements ITypeConverter<MonthRange> {
    @Override
    public MonthRange convert(String text) {
      try {
        return MonthRange.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
