package fr.opendamir.distributed;

import io.airlift.discovery.server.EmbeddedDiscoveryModule;
import io.trino.plugin.hive.HivePlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a Trino cluster: {@code Node <port of this node> <port of the coordinator> <folder>
 * [name=value...]}. The coordinator is the node whose two ports are equal; it reads no files, so
 * that every row is read by a worker. The folder holds the segments and the metastore.
 */
final class Node {
  static final String READY = "this node is ready";

  private Node() {}

  public static void main(String[] arguments) throws InterruptedException {
    String port = arguments[0];
    String coordinatorPort = arguments[1];
    Path folder = Path.of(arguments[2]).toAbsolutePath();
    boolean isCoordinator = port.equals(coordinatorPort);
    Map<String, String> properties = new HashMap<>();
    properties.put("http-server.http.port", port);
    properties.put("query.max-memory-per-node", "200MB");
    if (isCoordinator) {
      properties.put("node-scheduler.include-coordinator", "false");
      properties.put("query-manager.required-workers-max-wait", "10s");
    }
    Arrays.stream(arguments)
        .skip(3)
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> properties.put(setting[0], setting[1]));
    TestingTrinoServer.Builder builder =
        TestingTrinoServer.builder()
            .setCoordinator(isCoordinator)
            .setEnvironment("opendamir")
            .setBaseDataDir(Optional.of(folder.resolve("node-" + port)))
            .setProperties(properties)
            .setDiscoveryUri(URI.create("http://127.0.0.1:" + coordinatorPort));
    if (isCoordinator) {
      builder.setAdditionalModule(new EmbeddedDiscoveryModule());
    }
    TestingTrinoServer server = builder.build();
    server.installPlugin(new HivePlugin());
    if (isCoordinator) {
      server.createCatalog(
          "figures",
          "hive",
          Map.of(
              "hive.metastore", "file",
              "hive.metastore.catalog.dir", "local:///metastore",
              "fs.native-local.enabled", "true",
              "local.location", folder.toString(),
              "hive.security", "allow-all"));
    }
    System.out.println(READY);
    Thread.currentThread().join();
  }
}
