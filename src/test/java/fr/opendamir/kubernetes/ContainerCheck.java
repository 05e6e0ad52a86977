package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.cli.CommandLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;

/** One container of a workload: its rights, sizes, probes, and what it tells the application. */
final class ContainerCheck {
  /** What SmallRye Health serves, where nobody moves it. */
  private static final Set<String> PROBES =
      Set.of("/q/health/started", "/q/health/live", "/q/health/ready");

  private static final Pattern DIGEST =
      Pattern.compile(".+:[^/:@]+@sha256:([0-9a-f]{64}|(SET-[A-Z-]+))");
  private static final Pattern INDEX = Pattern.compile("\\$\\(JOB_COMPLETION_INDEX\\)/(\\d+)");
  private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

  private final Findings found;
  private final Properties application;
  private final SettingNames settings;
  private final Workload workload;
  private final ObjectNode manifest;
  private final JsonNode container;

  ContainerCheck(
      Findings found,
      Workload workload,
      JsonNode container,
      Properties application,
      SettingNames settings) {
    this.found = found;
    this.application = application;
    this.settings = settings;
    this.workload = workload;
    this.manifest = workload.manifest();
    this.container = container;
  }

  void run() {
    String image = container.path("image").asText();
    image(found, manifest, image);
    JsonNode rights = container.path("securityContext");
    if (!rights.path("readOnlyRootFilesystem").asBoolean()
        || rights.path("allowPrivilegeEscalation").asBoolean(true)
        || !rights.at("/capabilities/drop/0").asText().equals("ALL")) {
      found.report(manifest, "a container keeps rights that it does not need");
    }
    resources();
    for (JsonNode mount : container.path("volumeMounts")) {
      boolean isThere =
          ManifestCheck.elements(workload.pod().path("volumes"))
              .anyMatch(volume -> volume.get("name").equals(mount.get("name")));
      if (!isThere) {
        found.report(manifest, "there is no volume " + mount.get("name").asText());
      }
    }
    Stream.of("startupProbe", "livenessProbe", "readinessProbe").forEach(this::probe);
    container.path("env").forEach(this::secretVariable);
    if (Workload.isOurs(container)) {
      ports();
      variables();
      arguments();
    }
  }

  private void resources() {
    JsonNode requests = container.at("/resources/requests");
    JsonNode limits = container.at("/resources/limits");
    if (!requests.has("cpu") || !requests.has("memory") || !limits.has("memory")) {
      found.report(manifest, "a container does not say what it takes");
    }
    requests
        .properties()
        .forEach(
            request -> {
              JsonNode limit = limits.path(request.getKey());
              if (!limit.isMissingNode()
                  && Findings.mebibytes(request.getValue()) > Findings.mebibytes(limit)) {
                found.report(manifest, "requests more " + request.getKey() + " than its limit");
              }
            });
  }

  private void probe(String name) {
    JsonNode probe = container.path(name);
    if (probe.isMissingNode()) {
      return;
    }
    JsonNode action = probe.has("httpGet") ? probe.get("httpGet") : probe.path("tcpSocket");
    String port = action.path("port").asText();
    if (!Workload.containerHas(container, port)) {
      found.report(manifest, name + " asks a port that is not there: " + port);
    }
    if (probe.has("httpGet")
        && !(PROBES.contains(action.path("path").asText()) && port.equals("management"))) {
      found.report(manifest, name + " asks for what is not served: " + action);
    }
  }

  private void ports() {
    for (JsonNode port : container.path("ports")) {
      String name = port.path("name").asText();
      String setting = name.equals("http") ? "quarkus.http.port" : "quarkus.management.port";
      if (!port.get("containerPort").asText().equals(application.getProperty(setting))) {
        found.report(manifest, "the port " + name + " is not " + setting);
      }
    }
  }

  private void variables() {
    for (JsonNode source : container.path("envFrom")) {
      found.require(manifest, "ConfigMap", source.at("/configMapRef/name").asText());
    }
    for (JsonNode variable : container.path("env")) {
      String name = variable.get("name").asText();
      if (!settings.knows(name)) {
        found.report(manifest, name + " is no setting");
      }
      if (name.endsWith("_FILE")) {
        mountedSecret(variable.path("value").asText());
      }
    }
  }

  private void secretVariable(JsonNode variable) {
    JsonNode reference = variable.at("/valueFrom/secretKeyRef");
    if (!reference.isMissingNode()) {
      found.secret(manifest, reference.get("name").asText(), reference.get("key").asText());
    }
  }

  private void mountedSecret(String file) {
    for (JsonNode mount : container.path("volumeMounts")) {
      String folder = mount.get("mountPath").asText() + "/";
      if (file.startsWith(folder)) {
        String key = file.substring(folder.length());
        for (JsonNode volume : workload.pod().path("volumes")) {
          if (volume.get("name").equals(mount.get("name"))) {
            found.secret(manifest, volume.at("/secret/secretName").asText(), key);
            boolean isLeftOut =
                volume.at("/secret/items").isArray()
                    && ManifestCheck.elements(volume.at("/secret/items"))
                        .noneMatch(item -> item.get("path").asText().equals(key));
            if (isLeftOut) {
              found.report(manifest, file + " is not among what is mounted");
            }
            return;
          }
        }
      }
    }
    found.report(manifest, file + " is in no mounted secret");
  }

  private void arguments() {
    List<String> arguments =
        ManifestCheck.elements(container.path("args")).map(JsonNode::asText).toList();
    List<String> expanded = new ArrayList<>();
    for (String argument : arguments) {
      Matcher index = INDEX.matcher(argument);
      if (index.matches()) {
        if (!index.group(1).equals(manifest.at("/spec/completions").asText())
            || !manifest.at("/spec/completionMode").asText().equals("Indexed")) {
          found.report(manifest, "there are not as many shares as completions: " + argument);
        }
        expanded.add("0/" + index.group(1));
      } else {
        expanded.add(argument);
      }
    }
    try {
      CommandLines.parse(expanded.toArray(String[]::new));
    } catch (ParameterException e) {
      found.report(manifest, "the command is not understood: " + e.getMessage());
    }
    if (arguments.contains("serve")) {
      int stopping = seconds("QUARKUS_SHUTDOWN_DELAY") + seconds("QUARKUS_SHUTDOWN_TIMEOUT");
      if (workload.pod().path("terminationGracePeriodSeconds").asInt() < stopping + 15) {
        found.report(manifest, "is killed before it has stopped by itself");
      }
    }
  }

  private int seconds(String variable) {
    for (JsonNode source : container.path("envFrom")) {
      String name = source.at("/configMapRef/name").asText();
      Matcher value =
          SECONDS.matcher(
              found
                  .find("ConfigMap", name)
                  .map(m -> m.at("/data/" + variable).asText())
                  .orElse(""));
      if (value.matches()) {
        return Integer.parseInt(value.group(1));
      }
    }
    return 0;
  }

  /** What readers reach runs the very bytes that somebody looked at, whatever a tag means later. */
  static void image(Findings found, ObjectNode manifest, String image) {
    if (!image.matches(".+:[^/:@]+(@.+)?") || image.matches(".+:latest(@.+)?")) {
      found.report(manifest, "the image " + image + " has no version");
    } else if (found.isPublic() && !DIGEST.matcher(image).matches()) {
      found.report(manifest, "the image " + image + " has no digest");
    }
  }
}
