package fr.opendamir.testing;

import fr.opendamir.ops.FreePort;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An nginx in front of services, configured as docs/scaling.md says. A request names its reader in
 * {@code X-Reader}, and its answer who gave it in {@code X-Upstream}.
 */
public final class Nginx {
  private final Process process;
  private final int port;

  public Nginx(Path folder, List<URI> services) throws IOException, InterruptedException {
    this.port = FreePort.next();
    String servers =
        services.stream()
            .map(uri -> "server 127.0.0.1:%d max_fails=1 fail_timeout=1s;".formatted(uri.getPort()))
            .collect(Collectors.joining("\n"));
    Path configuration =
        Files.writeString(
            Files.createDirectories(folder).resolve("nginx.conf"),
            """
            worker_processes 1;
            pid nginx.pid;
            error_log error.log;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              upstream opendamir {
                %s
                keepalive 32;
              }
              server {
                listen 127.0.0.1:%d;
                location / {
                  proxy_pass http://opendamir;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header X-Forwarded-For $http_x_reader;
                  proxy_next_upstream error timeout non_idempotent;
                  proxy_next_upstream_tries 2;
                  add_header X-Upstream $upstream_addr always;
                }
              }
            }
            """
                .formatted(servers, port));
    process =
        new ProcessBuilder(
                "nginx",
                "-p",
                folder.toString(),
                "-c",
                configuration.toString(),
                "-g",
                "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("nginx.log").toFile()))
            .start();
    Eventually.listens(port);
  }

  public static boolean isInstalled() {
    return InstalledPrograms.has("nginx");
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(5, TimeUnit.SECONDS);
  }
}
