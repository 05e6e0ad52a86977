package fr.opendamir.ingest.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * A file that has not arrived whole: {@code A202501.csv.gz.part}, with what its server said about
 * it in {@code A202501.csv.gz.part.info}, so that another run can go on. No import takes it for a
 * monthly file. It is locked while it is open. All methods throw {@link UncheckedIOException} if
 * the disk fails, so that those failures are told from failures of the network.
 */
final class PartialFile implements AutoCloseable {
  private static final String VALIDATOR = "validator";
  private static final String TOTAL = "total";

  /** Work at the disk. */
  private interface DiskWork<T> {
    T run() throws IOException;
  }

  private final Path path;
  private final Path info;
  private final Properties known = new Properties();
  private final FileChannel file;

  /**
   * Opens what there is of a file, or begins it.
   *
   * @param target the name that the file gets when it is whole
   * @throws FetchException if another process downloads the same file
   */
  PartialFile(Path target) {
    this.path = target.resolveSibling(target.getFileName() + ".part");
    this.info = target.resolveSibling(target.getFileName() + ".part.info");
    this.file = work(this::open);
    try {
      if (!work(this::isLocked)) {
        throw new FetchException(target.getFileName() + " is being downloaded by another process");
      }
      work(this::readInfo);
    } catch (RuntimeException e) {
      work(this::closeFile);
      throw e;
    }
  }

  /** Bytes of an interrupted download of a file; 0 if there is none. */
  static long sizeFor(Path target) {
    return target.resolveSibling(target.getFileName() + ".part").toFile().length();
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private boolean isLocked() throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by this process
    }
  }

  private Object readInfo() throws IOException {
    if (Files.exists(info)) {
      try (InputStream in = Files.newInputStream(info)) {
        known.load(in);
      } catch (IllegalArgumentException e) {
        known.clear(); // damaged
      }
    }
    if (known.isEmpty()) {
      file.truncate(0); // of what file these bytes are is not known
    }
    return known;
  }

  Path path() {
    return path;
  }

  long size() {
    return work(file::size);
  }

  /** What the server calls this version of the file: an entity tag or a date; empty if nothing. */
  String validator() {
    return known.getProperty(VALIDATOR, "");
  }

  /** Bytes of the whole file, where the server told. */
  OptionalLong total() {
    String total = known.getProperty(TOTAL, "");
    return total.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(total))
        : OptionalLong.empty();
  }

  boolean isComplete() {
    return total().isPresent() && total().getAsLong() == size();
  }

  /** Bytes that the disk can still take. */
  long room() {
    return work(() -> Files.getFileStore(path).getUsableSpace());
  }

  /** Forgets what has arrived. */
  void discard() {
    known.clear();
    work(() -> Files.deleteIfExists(info));
    work(() -> file.truncate(0));
  }

  /** Begins anew with a version of the file. */
  void begin(String validator, OptionalLong total) {
    discard();
    known.setProperty(VALIDATOR, validator);
    total.ifPresent(bytes -> known.setProperty(TOTAL, String.valueOf(bytes)));
    work(
        () -> {
          try (OutputStream out = Files.newOutputStream(info)) {
            known.store(out, "An interrupted download; delete it together with the .part file.");
          }
          return known;
        });
  }

  void write(byte[] bytes, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      int unused = work(() -> file.write(buffer));
    }
  }

  /** Makes sure that the disk has what was written. */
  void sync() {
    work(
        () -> {
          file.force(true);
          return file;
        });
  }

  /** Closes the file. What has arrived stays, for another run; nothing stays of nothing. */
  @Override
  public void close() {
    if (file.isOpen()) {
      boolean isEmpty = size() == 0;
      work(this::closeFile);
      if (isEmpty) {
        work(() -> Files.deleteIfExists(path));
        work(() -> Files.deleteIfExists(info));
      }
    }
  }

  /** Gives the file, which is whole, its final name. */
  void finish(Path target) {
    work(this::closeFile);
    work(() -> Wholeness.move(path, target));
    work(() -> Files.deleteIfExists(info));
  }

  private Object closeFile() throws IOException {
    file.close();
    return file;
  }

  private <T> T work(DiskWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
    }
  }
}
