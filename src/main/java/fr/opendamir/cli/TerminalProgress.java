package fr.opendamir.cli;

import static java.util.stream.Collectors.joining;

import fr.opendamir.ingest.FileProgress;
import fr.opendamir.ingest.ImportProgress;
import fr.opendamir.ingest.ImportStage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How an import goes on: a line that is written over on a terminal, a log line for each stage and
 * each tenth of a file elsewhere. The line has the files that are in progress: one that is read,
 * and the one before it while that is protected and loaded.
 */
final class TerminalProgress implements ImportProgress {
  private static final double LOG_STEP = 0.1;

  private final PrintWriter err;
  private final LineProgress line;
  private final boolean terminal;
  private final Map<OneFile, String> inProgress = new LinkedHashMap<>();

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.line = LineProgress.to(err);
    this.terminal = LineProgress.isTerminal();
  }

  @Override
  public synchronized FileProgress file(Path file, int index, int count) {
    String position = count > 1 ? "[%d/%d] ".formatted(index, count) : "";
    OneFile progress = new OneFile(position + file.getFileName(), file.toFile().length());
    if (!terminal) {
      // A month from the archive has no file.
      log(
          progress,
          Files.exists(file) ? "begin, " + ProgressText.megabytes(progress.bytes) : "begin");
    }
    return progress;
  }

  @Override
  public synchronized void message(String text) {
    line.end();
    err.println(text);
    err.flush();
  }

  synchronized void end() {
    line.end();
  }

  private String shown(OneFile file, String text) {
    inProgress.put(file, file.name + ": " + text);
    return inProgress.values().stream().collect(joining(" | "));
  }

  private void log(OneFile file, String text) {
    err.println("import " + file.name + ": " + text);
    err.flush();
  }

  /** One file on the line of all. */
  private final class OneFile implements FileProgress {
    private final String name;
    private final long bytes;
    private long stageStart;
    private double lastLogged;

    OneFile(String name, long bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public void stage(ImportStage stage) {
      synchronized (TerminalProgress.this) {
        stageStart = System.nanoTime();
        lastLogged = 0;
        String text = stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (terminal) {
          line.show(shown(this, text));
        } else {
          log(this, text);
        }
      }
    }

    @Override
    public void read(double share, long lines) {
      synchronized (TerminalProgress.this) {
        String text =
            "read %3.0f %% of %s%s, %s left"
                .formatted(
                    share * 100,
                    ProgressText.megabytes(bytes),
                    lines > 0 ? String.format(Locale.ROOT, ", %,d lines", lines) : "",
                    ProgressText.left(stageStart, share));
        if (terminal) {
          line.update(shown(this, text));
        } else if (share - lastLogged >= LOG_STEP) {
          lastLogged = share;
          log(this, text);
        }
      }
    }

    @Override
    public void end() {
      synchronized (TerminalProgress.this) {
        inProgress.remove(this);
      }
    }
  }
}
