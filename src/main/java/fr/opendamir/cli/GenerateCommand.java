package fr.opendamir.cli;

import fr.opendamir.ingest.source.SourceLayout;
import fr.opendamir.ingest.synthetic.SyntheticFile;
import fr.opendamir.ingest.synthetic.SyntheticFileWriter;
import fr.opendamir.ingest.synthetic.SyntheticMonth;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a synthetic monthly file in the exact raw format. */
@Command(
    name = "generate",
    description = {
      "Write a synthetic monthly file in the exact raw format of Open DAMIR.",
      "Shares of codes, joint rules and skew follow published counts of real months; no figure is"
          + " real. The same options give the same lines on any machine.",
      "The last column of the header, which has no name in genuine files, is called SYNTHETIC: the"
          + " import recognises such files by it, whatever their names."
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--month",
      required = true,
      paramLabel = "YYYY-MM",
      description = "Processing month, 2009-01 to 2099-12.")
  YearMonth month;

  @Option(
      names = "--lines",
      defaultValue = "1000000",
      description =
          "Number of lines (default: ${DEFAULT-VALUE}; a real month has about 36.6 million).")
  long lines;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Another seed gives another file with the same shares (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--layout",
      description = "Columns: ${COMPLETION-CANDIDATES} (default: those of the month's files).")
  SourceLayout layout;

  @Option(
      names = {"-o", "--output"},
      description =
          "File to write, or folder to write into; gzip when the name ends with .gz (default:"
              + " A<month>-synthetic.csv.gz here, P<month>-synthetic.csv.gz of months until 2014).")
  Path output;

  @Mixin OutputFile outputFile;

  @Override
  public Integer call() throws IOException {
    SyntheticMonth wanted = wanted();
    Path file = file();
    outputFile.check(file);
    LineProgress progress = LineProgress.to(spec.commandLine().getErr());
    long start = System.nanoTime();
    SyntheticFile written = write(wanted, file, progress);
    progress.end();
    double seconds = (System.nanoTime() - start) / 1e9;
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %,d synthetic lines of %s, %,d bytes, %.1f s (%,.0f lines/s)",
                file,
                written.lines(),
                wanted.month(),
                written.bytes(),
                seconds,
                written.lines() / seconds));
    return 0;
  }

  private SyntheticFile write(SyntheticMonth wanted, Path file, LineProgress progress)
      throws IOException {
    try {
      return new SyntheticFileWriter()
          .write(
              wanted,
              file,
              outputFile.replace,
              done -> progress.update("%,d of %,d lines".formatted(done, wanted.lines())));
    } catch (FileAlreadyExistsException e) {
      throw OutputFile.exists(file);
    }
  }

  private SyntheticMonth wanted() {
    try {
      return new SyntheticMonth(
          month, lines, seed, layout == null ? SourceLayout.of(month) : layout);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Path file() {
    String name =
        (SourceLayout.of(month).hasZones() ? "P" : "A")
            + month.toString().replace("-", "")
            + "-synthetic.csv.gz";
    if (output == null) {
      return Path.of(name);
    }
    return Files.isDirectory(output) ? output.resolve(name) : output;
  }
}
