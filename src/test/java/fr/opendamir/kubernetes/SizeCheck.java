package fr.opendamir.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Whether what processes may take of memory and disk fits what their containers are given. */
final class SizeCheck {
  /** Of the limit: what is summed up are bounds, not measurements. */
  private static final double MARGIN = 0.03;

  /** A command of an administrator in a container that serves: 139 measured. */
  private static final double COMMAND = 160;

  private static final String IMPORT_DEFAULT = "1024";
  private static final String COLUMNS_DEFAULT = "256";
  private static final String SPILL_DEFAULT = "4096";

  /** 132 months of real size: 3.1 GB; of a release that replaces all of them, twice that. */
  private static final double SEGMENTS = 2 * 3_100;

  /** Of what Redis holds: buffers of clients, fragmentation, the program. */
  private static final double REDIS_FACTOR = 1.5;

  /** What containers log, until it is collected. */
  private static final double LOGS = 32;

  private final Findings found;
  private final List<String> imageOptions;

  /**
   * Prepares a check.
   *
   * @param imageOptions of the JVM, in the order of the image's entry point
   */
  SizeCheck(Findings found, List<String> imageOptions) {
    this.found = found;
    this.imageOptions = imageOptions;
  }

  void run() {
    found
        .workloads()
        .forEach(
            workload -> {
              disk(workload);
              for (JsonNode container : workload.pod().path("containers")) {
                memory(workload, container);
              }
            });
    found
        .all("Cluster")
        .filter(
            cluster ->
                !cluster.at("/spec/resources/requests").has("ephemeral-storage")
                    || !cluster.at("/spec/resources/limits").has("ephemeral-storage")
                    || !cluster.at("/spec/ephemeralVolumesSizeLimit").has("shm")
                    || !cluster.at("/spec/ephemeralVolumesSizeLimit").has("temporaryData"))
        .forEach(cluster -> found.report(cluster, "does not say what it takes of the disk"));
  }

  private void memory(Workload workload, JsonNode container) {
    double limit = Findings.mebibytes(container.at("/resources/limits/memory"));
    double most;
    List<String> arguments =
        ManifestCheck.elements(container.path("args")).map(JsonNode::asText).toList();
    if (arguments.contains("--maxmemory")) {
      String entries = arguments.get(arguments.indexOf("--maxmemory") + 1);
      most = REDIS_FACTOR * Double.parseDouble(entries.replace("mb", ""));
    } else if (Workload.isOurs(container)) {
      List<String> own =
          found
              .variable(container, "JAVA_TOOL_OPTIONS")
              .map(text -> List.of(text.split(" +", -1)))
              .orElse(List.of());
      try {
        // The command line is read after the variable.
        most =
            JvmMemory.mebibytes(Stream.concat(own.stream(), imageOptions.stream()).toList(), limit);
      } catch (IllegalArgumentException e) {
        found.report(workload.manifest(), e.getMessage());
        return;
      }
      if (arguments.contains("serve")) {
        most += COMMAND + JvmMemory.duckDb(columns(container, "MEMORY_MB", COLUMNS_DEFAULT));
        segments(workload, container);
      }
      if (arguments.contains("import") || arguments.contains("migrate")) {
        most +=
            JvmMemory.duckDb(
                Double.parseDouble(
                    found
                        .variable(container, "OPENDAMIR_IMPORT_MEMORY_MB")
                        .orElse(IMPORT_DEFAULT)));
      }
    } else {
      found.report(workload.manifest(), "nothing bounds the memory of a container");
      return;
    }
    if (most > limit * (1 - MARGIN)) {
      found.report(
          workload.manifest(),
          "may take %.0f MiB of memory, more than its limit of %.0f less 3 in 100"
              .formatted(most, limit));
    }
  }

  private double columns(JsonNode container, String name, String usual) {
    return Double.parseDouble(found.variable(container, "OPENDAMIR_COLUMNS_" + name).orElse(usual));
  }

  /** Whether the volume of segments holds them and what scans spill. */
  private void segments(Workload workload, JsonNode container) {
    String folder = found.variable(container, "OPENDAMIR_SEGMENTS_FOLDER").orElse("");
    double size = 0;
    for (JsonNode mount : container.path("volumeMounts")) {
      for (JsonNode volume : workload.pod().path("volumes")) {
        if (mount.get("mountPath").asText().equals(folder)
            && volume.get("name").equals(mount.get("name"))) {
          size = Findings.mebibytes(volume.at("/emptyDir/sizeLimit"));
        }
      }
    }
    double most = SEGMENTS + columns(container, "SPILL_MB", SPILL_DEFAULT);
    if (size < most) {
      found.report(
          workload.manifest(),
          "the volume of segments has %.0f MiB, and may need %.0f".formatted(size, most));
    }
  }

  private void disk(Workload workload) {
    double volumes = 0;
    for (JsonNode volume : workload.pod().path("volumes")) {
      if (volume.has("emptyDir")) {
        JsonNode size = volume.at("/emptyDir/sizeLimit");
        if (size.isMissingNode()) {
          found.report(
              workload.manifest(), "the volume " + volume.get("name").asText() + " has no limit");
        }
        volumes += Findings.mebibytes(size);
      }
    }
    for (JsonNode container : workload.pod().path("containers")) {
      double request = Findings.mebibytes(container.at("/resources/requests/ephemeral-storage"));
      double limit = Findings.mebibytes(container.at("/resources/limits/ephemeral-storage"));
      if (request == 0 || limit == 0) {
        found.report(workload.manifest(), "a container does not say what it takes of the disk");
      } else if (limit < volumes + LOGS) {
        found.report(
            workload.manifest(), "is evicted before its volumes and logs reach their limits");
      }
    }
  }
}
