package fr.opendamir.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** One line of a terminal that is written over; does nothing where there is no terminal. */
final class LineProgress {
  private static final long INTERVAL_NANOS = 200_000_000;

  /** Lines that are too long are cut off, as the next one could not be written over two. */
  private static final String ERASE_LINE = "\u001b[?7l\r\u001b[K";

  private static final String WRAP_LINES = "\u001b[?7h";

  private final PrintWriter terminal;
  private long lastUpdate = System.nanoTime() - INTERVAL_NANOS;
  private boolean shown;

  private LineProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  static LineProgress to(PrintWriter err) {
    return new LineProgress(isTerminal() ? err : null);
  }

  static boolean isTerminal() {
    return Ansi.AUTO.enabled();
  }

  /** Shows the text, at most five times a second. */
  synchronized void update(String text) {
    if (terminal != null && System.nanoTime() - lastUpdate >= INTERVAL_NANOS) {
      show(text);
    }
  }

  /** Shows the text at once. */
  synchronized void show(String text) {
    if (terminal != null) {
      terminal.print(ERASE_LINE + text + WRAP_LINES);
      terminal.flush();
      lastUpdate = System.nanoTime();
      shown = true;
    }
  }

  /** Leaves the terminal line as if nothing had been there. */
  synchronized void end() {
    if (shown) {
      terminal.print(ERASE_LINE + WRAP_LINES);
      terminal.flush();
      shown = false;
    }
  }
}
