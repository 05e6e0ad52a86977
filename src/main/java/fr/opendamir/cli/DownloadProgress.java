package fr.opendamir.cli;

import fr.opendamir.ingest.fetch.FetchProgress;
import fr.opendamir.ingest.fetch.FetchedFile;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How downloads go on: a line that is written over on a terminal, a log line for each tenth of a
 * file elsewhere; what each file came to is output of the command.
 */
final class DownloadProgress implements FetchProgress {
  private static final double LOG_STEP = 0.1;

  private final PrintWriter out;
  private final PrintWriter err;
  private final LineProgress line;
  private String name = "";
  private long start;
  private long first;
  private double lastLogged;

  DownloadProgress(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
    this.line = LineProgress.to(err);
  }

  @Override
  public void received(String file, long bytes, OptionalLong total) {
    if (!file.equals(name)) {
      name = file;
      start = System.nanoTime();
      first = bytes;
      lastLogged = 0;
    }
    if (total.isEmpty()) {
      line.update(file + ": " + ProgressText.megabytes(bytes));
      return;
    }
    double share = (double) bytes / total.getAsLong();
    // What came in an earlier run says nothing about the speed of this one.
    double now = first == bytes ? 0 : (double) (bytes - first) / (total.getAsLong() - first);
    String text =
        "%s: %3.0f %% of %s, %s left"
            .formatted(
                file,
                share * 100,
                ProgressText.megabytes(total.getAsLong()),
                ProgressText.left(start, now));
    if (LineProgress.isTerminal()) {
      line.update(text);
    } else if (share - lastLogged >= LOG_STEP) {
      lastLogged = share;
      print("fetch " + text);
    }
  }

  @Override
  public void checking(String file, double share) {
    line.update("%s: checked %3.0f %%".formatted(file, share * 100));
  }

  @Override
  public void done(FetchedFile file) {
    end();
    name = "";
    out.println(
        file.problem() == null
            ? String.format(Locale.ROOT, "%s%s", outcome(file), file.path())
            : "FAILED      " + file.problem());
    out.flush();
  }

  private static String outcome(FetchedFile file) {
    return switch (file.status()) {
      case DOWNLOADED -> String.format(Locale.ROOT, "downloaded  %,d bytes, ", file.bytes());
      case PRESENT -> "present     ";
      case WOULD_DOWNLOAD ->
          file.bytes() > 0
              ? String.format(Locale.ROOT, "to go on    after %,d bytes, ", file.bytes())
              : "to download ";
      case FAILED -> "FAILED      ";
    };
  }

  @Override
  public void message(String text) {
    end();
    print(text);
  }

  void end() {
    line.end();
  }

  private void print(String text) {
    err.println(text);
    err.flush();
  }
}
