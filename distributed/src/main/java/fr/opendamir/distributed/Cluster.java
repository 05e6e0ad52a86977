package fr.opendamir.distributed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A coordinator and two workers on this machine, each a process of its own. */
final class Cluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final List<String> LEVELS =
      List.of(
          "month",
          "care_lag",
          "region",
          "age_band",
          "sex",
          "service",
          "service_group",
          "service_kind",
          "provider_specialty",
          "provider_activity",
          "exemption",
          "exemption_group",
          "insurance",
          "facility_type",
          "supplement",
          "complementary_cover");
  private static final List<String> SUMS =
      List.of(
          "quantity",
          "charged",
          "reimbursed",
          "excess_fees",
          "reimbursement_base",
          "reimbursed_all");

  private final int port;
  private final Path folder;
  private final String heap;
  private final List<String> settings;
  private final List<Process> nodes = new ArrayList<>();

  /**
   * Starts the nodes and waits for them.
   *
   * @param port port of the coordinator; the workers have the next ports
   * @param folder where segments are: {@code block/import_id=<n>/<sha256>.parquet}
   * @param settings further settings of all nodes, {@code name=value}
   */
  Cluster(int port, Path folder, String heap, List<String> settings)
      throws IOException, InterruptedException {
    this.port = port;
    this.folder = folder;
    this.heap = heap;
    this.settings = settings;
    for (int node = 0; node < 3; node++) {
      nodes.add(start(node));
    }
  }

  private Path log(int node) {
    return folder.resolve("node-" + node + ".log");
  }

  private Process start(int node) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Node.class.getName(),
            String.valueOf(port + node),
            String.valueOf(port),
            folder.toString()));
    command.addAll(settings);
    File log = log(node).toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    long end = System.nanoTime() + START.toNanos();
    while (!Files.readString(log.toPath()).contains(Node.READY)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        close();
        throw new IOException("a node does not start: see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return process;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:trino://127.0.0.1:"
            + port
            + "/figures/opendamir?user=opendamir&explicitPrepare=false");
  }

  /** Makes the table of the segments that are in the folder now. */
  void createTable() throws SQLException {
    String columns =
        String.join(
            ", ",
            Stream.concat(
                    LEVELS.stream().map(level -> level + " varchar"),
                    SUMS.stream().map(sum -> sum + " bigint"))
                .toList());
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS opendamir");
      statement.execute("DROP TABLE IF EXISTS block");
      statement.execute(
          "CREATE TABLE block ("
              + columns
              + ", import_id bigint) WITH (external_location = 'local:///block',"
              + " format = 'PARQUET', partitioned_by = ARRAY['import_id'])");
      statement.execute("CALL system.sync_partition_metadata('opendamir', 'block', 'FULL')");
    }
  }

  /** Kills a worker without notice. */
  void kill(int worker) {
    nodes.get(worker).destroyForcibly();
  }

  /** Stops a worker's process without ending it, so that its connections stay open. */
  void freeze(int worker) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-STOP", String.valueOf(nodes.get(worker).pid())).start().waitFor();
  }

  /** Replaces a worker that was killed or stopped. */
  void replace(int worker) throws IOException, InterruptedException {
    nodes.get(worker).destroyForcibly().waitFor();
    nodes.set(worker, start(worker));
  }

  @Override
  public void close() {
    nodes.forEach(Process::destroyForcibly);
  }
}
