package fr.opendamir.ops;

import fr.opendamir.store.DatabaseServer;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Access to the embedded server: roles with a password, by SCRAM, only. The library makes clusters
 * that trust every process of the machine; such a one is brought here before its server listens,
 * while it runs for this process alone (single-user mode).
 *
 * <p>The order makes a kill harmless: first the password is on the disk, then the cluster knows it,
 * and the file that closes the door comes last. Until then the next start does all of it again.
 */
final class ClusterAccess {
  static final String FILE = "pg_hba.conf";

  static final String RULES =
      """
      # Written by Open DAMIR API, which puts it back at the next start where it is changed.
      local all all scram-sha-256
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  /**
   * Iterations of SCRAM. They make it slow to guess passwords that people choose, and a JVM that
   * has just started computes them slowly. The passwords here are 256 random bits, or derived from
   * them: nobody can guess those.
   */
  static final int ITERATIONS = 1;

  private static final Logger LOG = Logger.getLogger(ClusterAccess.class);
  private static final long LIMIT_SECONDS = 120;

  /** Until the service gives them theirs, the other roles have none: old ones could be derived. */
  private static final String WITHOUT_PASSWORDS =
      "DO $$DECLARE r name; BEGIN FOR r IN SELECT rolname FROM pg_roles WHERE rolname <> 'postgres'"
          + " AND rolname !~ '^pg_' LOOP EXECUTE format('ALTER ROLE %I PASSWORD NULL', r); END"
          + " LOOP; END$$";

  private ClusterAccess() {}

  /** Whether every connection needs a password. */
  static boolean isClosed(Path data) throws IOException {
    Path file = data.resolve(FILE);
    return Files.exists(file)
        && RULES.equals(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
  }

  /**
   * Closes the cluster unless it is closed.
   *
   * @param data of a cluster that no server runs on
   * @param programs where the library has unpacked PostgreSQL
   * @param password of the owner from now on
   */
  static void close(Path data, Path programs, String password) {
    try {
      if (isClosed(data)) {
        return;
      }
      OwnerPassword.write(data, password);
      String verifier = DatabaseServer.scramVerifier(password, ITERATIONS);
      execute(
          data,
          programs,
          List.of("ALTER ROLE postgres PASSWORD '" + verifier + "'", WITHOUT_PASSWORDS));
      OwnerPassword.replace(data.resolve(FILE), RULES);
      LOG.info("the embedded database takes connections with a password only");
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded database cannot be given a password", e);
    }
  }

  /** Statements come by standard input: command lines are seen by every user of the machine. */
  private static void execute(Path data, Path programs, List<String> statements)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to be root
    }
    command.add(server(programs).toString());
    command.addAll(List.of("--single", "-D", data.toString()));
    // The first error ends it; nothing that was asked is repeated in messages.
    for (String setting :
        List.of(
            "exit_on_error=on",
            "log_statement=none",
            "log_min_error_statement=panic",
            "logging_collector=off")) {
      command.addAll(List.of("-c", setting));
    }
    command.add("postgres");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
        for (String statement : statements) {
          input.write(statement + "\n");
        }
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("PostgreSQL in single-user mode does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded database is closed", e);
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "PostgreSQL in single-user mode ended with "
              + process.exitValue()
              + FreeSpace.hint(data));
    }
  }

  /** The library has just unpacked or chosen it: the one it has marked last. */
  private static Path server(Path programs) throws IOException {
    try (Stream<Path> versions = Files.list(programs)) {
      Path newest =
          versions
              .filter(version -> Files.exists(version.resolve(ServerBuilder.COMPLETE)))
              .max(
                  Comparator.comparing(
                      version -> version.resolve(ServerBuilder.COMPLETE).toFile().lastModified()))
              .orElseThrow(() -> new IOException("no PostgreSQL in " + programs));
      Path plain = newest.resolve("bin").resolve("postgres");
      return Files.exists(plain) ? plain : plain.resolveSibling("postgres.exe");
    }
  }
}
