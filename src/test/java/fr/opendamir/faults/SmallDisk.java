package fr.opendamir.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of a few bytes in a folder; needs the right to mount, which few have. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on a new folder; empty where that is not permitted. */
  static Optional<SmallDisk> mount(Path folder, String size) throws IOException {
    Files.createDirectories(folder);
    return run(
            "mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0700", "tmpfs", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  Path folder() {
    return folder;
  }

  void resize(String size) throws IOException {
    if (!run("mount", "-o", "remount,size=" + size, folder.toString())) {
      throw new IOException(folder + " cannot be resized");
    }
  }

  /**
   * Takes room.
   *
   * @param left bytes that stay free, about
   */
  Path fill(long left) throws IOException {
    Path ballast = folder.resolve("ballast");
    byte[] block = new byte[BLOCK];
    try (OutputStream out =
        Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (Files.getFileStore(folder).getUsableSpace() > left + BLOCK) {
        out.write(block);
      }
    }
    return ballast;
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IOException(folder + " cannot be unmounted");
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    try {
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
