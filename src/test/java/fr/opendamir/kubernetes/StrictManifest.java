package fr.opendamir.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether manifests hold nothing but fields that their kinds have, with values of their types. */
final class StrictManifest {
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1/Namespace", Namespace.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("batch/v1/Job", Job.class),
          Map.entry("batch/v1/CronJob", CronJob.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class));

  /**
   * The fields that are used of CloudNativePG's kinds, which no library models, as its API
   * reference (version 1.27) has them; below a path with a star anything goes.
   */
  private static final Map<String, Set<String>> CLOUD_NATIVE_PG =
      Map.of(
          "postgresql.cnpg.io/v1/Cluster",
          Set.of(
              "/apiVersion",
              "/kind",
              "/metadata/*",
              "/spec/instances",
              "/spec/imageName",
              "/spec/bootstrap/initdb/database",
              "/spec/bootstrap/initdb/owner",
              "/spec/bootstrap/initdb/secret/name",
              "/spec/managed/roles/name",
              "/spec/managed/roles/ensure",
              "/spec/managed/roles/login",
              "/spec/managed/roles/createrole",
              "/spec/managed/roles/inherit",
              "/spec/managed/roles/passwordSecret/name",
              "/spec/storage/size",
              "/spec/storage/storageClass",
              "/spec/postgresql/parameters/*",
              "/spec/affinity/enablePodAntiAffinity",
              "/spec/affinity/topologyKey",
              "/spec/resources/requests/*",
              "/spec/resources/limits/*",
              "/spec/ephemeralVolumesSizeLimit/shm",
              "/spec/ephemeralVolumesSizeLimit/temporaryData",
              "/spec/monitoring/enablePodMonitor",
              "/spec/backup/volumeSnapshot/className"),
          "postgresql.cnpg.io/v1/ScheduledBackup",
          Set.of(
              "/apiVersion",
              "/kind",
              "/metadata/*",
              "/spec/schedule",
              "/spec/backupOwnerReference",
              "/spec/cluster/name",
              "/spec/method"));

  /** The models keep what they do not know in a map, which would hide every misspelt field. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated a) {
                  return false;
                }
              })
          .build();

  private StrictManifest() {}

  static List<String> problems(ObjectNode manifest) {
    String kind = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
    List<String> found = new ArrayList<>();
    if (KINDS.containsKey(kind)) {
      try {
        var unused = JSON.treeToValue(manifest, KINDS.get(kind));
      } catch (JsonProcessingException e) {
        found.add(e.getOriginalMessage());
      }
    } else if (CLOUD_NATIVE_PG.containsKey(kind)) {
      unknown(manifest, "", CLOUD_NATIVE_PG.get(kind), found);
    } else {
      found.add("no such kind: " + kind);
    }
    return found;
  }

  private static void unknown(JsonNode node, String path, Set<String> known, List<String> found) {
    if (known.contains(path + "/*")) {
      return;
    }
    if (node.isObject()) {
      node.properties().forEach(f -> unknown(f.getValue(), path + "/" + f.getKey(), known, found));
    } else if (node.isArray()) {
      node.forEach(element -> unknown(element, path, known, found));
    } else if (!known.contains(path)) {
      found.add("unknown field " + path);
    }
  }
}
