package fr.opendamir.ingest.aggregate;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.StrictReader;
import fr.opendamir.ingest.source.StrictReading;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a file twice in parallel: the analytical database sums it, the strict reader checks it and
 * sums it independently. The result of the strict reader takes precedence; it also explains a
 * failure of the database.
 */
final class ParallelScan {
  private final MonthlyFile file;
  private final DuckDbSession session;
  private final ScanProgress progress;

  ParallelScan(MonthlyFile file, DuckDbSession session, ScanProgress progress) {
    this.file = file;
    this.session = session;
    this.progress = progress;
  }

  StrictReading run(String scan) {
    AtomicLong lines = new AtomicLong();
    ExecutorService reader = Executors.newSingleThreadExecutor(ParallelScan::daemon);
    try {
      CompletableFuture<StrictReading> reading =
          CompletableFuture.supplyAsync(new StrictReader(file, lines::set)::read, reader);
      SQLException failure = null;
      try {
        session.execute(scan, share -> progress.read(lines.get(), share), reading);
      } catch (SQLException e) {
        failure = e;
      }
      StrictReading read = reading.join();
      if (failure != null && read.wordColumns().isEmpty()) {
        throw new IllegalStateException(session.describe("the file cannot be summed", failure));
      }
      return read;
    } catch (CompletionException e) {
      throw e.getCause() instanceof InvalidSourceFileException invalid
          ? invalid
          : new IllegalStateException("the file cannot be read", e.getCause());
    } finally {
      reader.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "strict-reader");
    thread.setDaemon(true);
    return thread;
  }
}
