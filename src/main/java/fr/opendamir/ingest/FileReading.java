package fr.opendamir.ingest;

import fr.opendamir.ingest.port.Awaited;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * The recognition and the reading of a file, when they are needed or earlier, while the database is
 * still opening. Closing ends a reading whose result was not taken.
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

  /** Recognises the file, or waits for it; throws the reason of a refusal. */
  SourceFile source() {
    recognition.run(); // does nothing if a thread has begun it
    return Awaited.of(recognition);
  }

  /**
   * Reads the file, or waits for it; the caller closes the result. Throws the reason of a refusal.
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
      // Its result is no longer needed.
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
