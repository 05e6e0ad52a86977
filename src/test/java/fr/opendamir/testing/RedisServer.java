package fr.opendamir.testing;

import fr.opendamir.ops.FreePort;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis of one's own that keeps nothing, on a free port. */
public final class RedisServer {
  private final Path folder;
  private final int port;
  private Process process;

  public RedisServer(Path folder) {
    this.folder = folder;
    this.port = FreePort.next();
  }

  public static boolean isInstalled() {
    return InstalledPrograms.has("redis-server");
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    Eventually.listens(port);
  }

  /** Ends it without a farewell. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
  }

  /** Stops it from answering; its connections stay open. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  public void close() throws InterruptedException {
    if (process != null) {
      kill();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
