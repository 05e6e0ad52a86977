package fr.opendamir.cli;

import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportStage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How an import goes on: a line that is written over on a terminal, a log line for each stage and
 * each tenth of a file elsewhere.
 */
final class TerminalProgress implements ImportProgress {
  private static final double LOG_STEP = 0.1;

  private final PrintWriter err;
  private final LineProgress line;
  private final boolean terminal;
  private String name = "";
  private String position = "";
  private long bytes;
  private long stageStart;
  private double lastLogged;

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.line = LineProgress.to(err);
    this.terminal = LineProgress.isTerminal();
  }

  @Override
  public synchronized void file(Path file, int index, int count) {
    name = String.valueOf(file.getFileName());
    position = count > 1 ? "[%d/%d] ".formatted(index, count) : "";
    bytes = file.toFile().length();
    if (!terminal) {
      // A month from the archive has no file.
      log(Files.exists(file) ? "begin, " + ProgressText.megabytes(bytes) : "begin");
    }
  }

  @Override
  public synchronized void stage(ImportStage stage) {
    stageStart = System.nanoTime();
    lastLogged = 0;
    String text = stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (terminal) {
      line.show(position + name + ": " + text);
    } else {
      log(text);
    }
  }

  @Override
  public synchronized void read(double share, long lines) {
    String text =
        "read %3.0f %% of %s%s, %s left"
            .formatted(
                share * 100,
                ProgressText.megabytes(bytes),
                lines > 0 ? String.format(Locale.ROOT, ", %,d lines", lines) : "",
                ProgressText.left(stageStart, share));
    if (terminal) {
      line.update(position + name + ": " + text);
    } else if (share - lastLogged >= LOG_STEP) {
      lastLogged = share;
      log(text);
    }
  }

  @Override
  public synchronized void message(String text) {
    line.end();
    err.println(text);
    err.flush();
  }

  void end() {
    line.end();
  }

  private void log(String text) {
    err.println("import " + position + name + ": " + text);
    err.flush();
  }
}
