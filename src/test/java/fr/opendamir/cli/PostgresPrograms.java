package fr.opendamir.cli;

import fr.opendamir.ops.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server and its tools as Debian installs them, where it does; the newest of them. */
final class PostgresPrograms implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final List<String> NEEDED =
      List.of(
          "initdb", "pg_ctl", "psql", "createdb", "dropdb", "pg_dump", "pg_dumpall", "pg_restore");
  private static final long LIMIT_SECONDS = 60;

  private final Path programs;
  private final Path folder;
  private final int port;

  private PostgresPrograms(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  static Optional<Path> find() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("\\d+"))
          .filter(version -> Integer.parseInt(version.getFileName().toString()) >= 15)
          .sorted(
              Comparator.comparing(
                      (Path version) -> Integer.parseInt(version.getFileName().toString()))
                  .reversed())
          .map(version -> version.resolve("bin"))
          .filter(bin -> NEEDED.stream().allMatch(name -> Files.exists(bin.resolve(name))))
          .findFirst();
    }
  }

  /** Starts a server of its own, with an owner of databases as the configuration asks for. */
  static PostgresPrograms start(Path programs, Path folder) throws Exception {
    int port = FreePort.next();
    PostgresPrograms server = new PostgresPrograms(programs, folder, port);
    server.asServer("initdb -D data -U postgres -A trust --locale=C --encoding=UTF8 --no-sync");
    server.asServer(
        "pg_ctl -D data -l server.log -w -o \"-p "
            + port
            + " -h localhost -c unix_socket_directories='' -c fsync=off\" start");
    server.run("psql -c \"CREATE ROLE opendamir LOGIN CREATEROLE\" postgres");
    server.run("createdb --owner=opendamir opendamir");
    return server;
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/opendamir";
  }

  /** Runs a line of the runbook, as its superuser, in the folder of the server. */
  void run(String line) throws Exception {
    shell(List.of("sh", "-c", line));
  }

  /** PostgreSQL refuses to be root: there it is started as nobody of a name space of its own. */
  private void asServer(String line) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of("sh", "-c", line));
    shell(command);
  }

  private void shell(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", programs + ":" + environment.get("PATH"));
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", String.valueOf(port));
    environment.put("PGUSER", "postgres");
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running: " + command);
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
  }

  @Override
  public void close() {
    try {
      asServer("pg_ctl -D data -m immediate stop");
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
