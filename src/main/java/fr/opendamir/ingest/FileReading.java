package fr.opendamir.ingest;

import fr.opendamir.ingest.port.Awaited;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * A file that is recognised and read when somebody asks for it, or before, while the database is
 * still opened. Closing ends a reading that nobody took.
 */
final class FileReading implements AutoCloseable {
  private final Path path;
  private final Path scratch;
  private final FileProgress progress;
  private final FutureTask<SourceFile> recognition;
  private final FutureTask<MonthReading> reading;
  private Thread ahead;
  private boolean taken;

  /**
   * Prepares a reading; nothing is read yet.
   *
   * @param scratch the folder of the file, for spilled data
   * @param reader reads a file that was recognised
   */
  FileReading(
      Path path, Path scratch, FileProgress progress, Function<SourceFile, MonthReading> reader) {
    this.path = path;
    this.scratch = scratch;
    this.progress = progress;
    this.recognition = new FutureTask<>(() -> SourceFile.recognise(path, progress));
    this.reading = new FutureTask<>(() -> reader.apply(source()));
  }

  /** Starts to read on a thread of its own. */
  FileReading begin() {
    ahead = new Thread(reading, "read-early");
    ahead.setDaemon(true);
    ahead.start();
    return this;
  }

  Path path() {
    return path;
  }

  Path scratch() {
    return scratch;
  }

  FileProgress progress() {
    return progress;
  }

  /** Waits until the file is recognised; throws what refuses it. */
  SourceFile source() {
    recognition.run(); // does nothing if a thread has begun it
    return Awaited.of(recognition);
  }

  /**
   * Waits until the file is read, and leaves it to the caller to close that; throws what refuses
   * it.
   */
  MonthReading reading() {
    reading.run();
    MonthReading read = Awaited.of(reading);
    taken = true;
    return read;
  }

  @Override
  public void close() {
    if (ahead == null || taken) {
      return;
    }
    ahead.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    try {
      ahead.join();
      reading().close();
    } catch (InterruptedException e) {
      wasInterrupted = true;
    } catch (RuntimeException e) {
      // Nobody asks for it any more.
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
