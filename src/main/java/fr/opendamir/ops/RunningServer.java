package fr.opendamir.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server found running on a data folder by its {@code postmaster.pid}. */
record RunningServer(ProcessHandle process, int port) implements AutoCloseable {
  private static final int PORT_LINE = 3;
  private static final long STOP_LIMIT_SECONDS = 30;

  static Optional<RunningServer> find(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> !isZombie(process))
          .filter(RunningServer::isPostgres)
          .map(process -> new RunningServer(process, port));
    } catch (NumberFormatException e) {
      return Optional.empty(); // being written just now
    }
  }

  /**
   * Removes the pid file of a server that is dead but still has its process number, which it keeps
   * for ever where orphans are not reaped: no other server would start. Not while a process of it
   * lives.
   */
  static void forgetZombie(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    Path folder = data.toRealPath();
    boolean isZombie =
        Files.readAllLines(file).stream()
            .limit(1)
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())).stream())
            .anyMatch(RunningServer::isZombie);
    if (isZombie && ProcessHandle.allProcesses().noneMatch(process -> worksIn(folder, process))) {
      Files.delete(file);
    }
  }

  /** Servers and their processes work in the folder of their data. */
  private static boolean worksIn(Path folder, ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
          .equals(folder);
    } catch (IOException e) {
      return false; // gone, a zombie itself, or another user's
    }
  }

  /** In a container without init, where orphans are not reaped, dead processes seem alive. */
  private static boolean isZombie(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return status.startsWith("Z", status.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // no Linux, or gone between two looks
    }
  }

  /** After a reboot the number may belong to anything. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.contains("postgres")).orElse(true);
  }

  /** Asks it to stop once its clients have left, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      var unused = process.onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the embedded database does not stop", e);
    }
  }
}
