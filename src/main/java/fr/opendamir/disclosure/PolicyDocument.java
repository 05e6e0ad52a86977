package fr.opendamir.disclosure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy as stored with the imports that used it.
 *
 * @param id the id of the policy
 * @param sha256 checksum of {@code json}; two policies are equal exactly when their checksums are
 * @param json the policy in one canonical form, independent of the layout of the file it was read
 *     from
 */
public record PolicyDocument(String id, String sha256, String json) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Renders a policy with keys and levels in a fixed order, so that equal policies give equal text.
   */
  public static PolicyDocument of(DisclosurePolicy policy) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", policy.id());
    document.put("threshold", policy.threshold());
    document.put("least_uncertainty", policy.leastUncertainty());
    PersonWeights weights = policy.weights();
    document.put("acts_per_person", new TreeMap<>(weights.actsPerPerson()));
    document.put("acts_per_person_undocumented", weights.undocumentedActsPerPerson());
    document.put("counts_per_person", new TreeMap<>(weights.countsPerPerson()));
    document.put("lines_per_person", weights.linesPerPerson());
    document.put("services_per_person", weights.servicesPerPerson());
    document.put("largest_share", policy.largestShare());
    document.put("components", policy.componentList().stream().map(Component::id).toList());
    document.put("exemption_classes", new TreeMap<>(policy.exemptionClasses()));
    document.put(
        "tariff_changes",
        policy.tariffChanges().stream()
            .map(
                change ->
                    new TreeMap<>(
                        Map.of(
                            "service_group",
                            change.serviceGroup(),
                            "month",
                            change.month().toString())))
            .toList());
    document.put(
        "recodings",
        policy.recodings().stream()
            .map(recoding -> recoding.givenUp().stream().sorted().map(Level::id).toList())
            .toList());
    document.put(
        "loss_bounds",
        new TreeMap<>(
            Map.of(
                "levels", policy.lossBounds().levels().stream().map(Level::id).toList(),
                "warn_above", policy.lossBounds().warnAbove().toPlainString(),
                "refuse_above", policy.lossBounds().refuseAbove().toPlainString())));
    try {
      String json = MAPPER.writeValueAsString(document);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(json.getBytes(StandardCharsets.UTF_8));
      return new PolicyDocument(policy.id(), HexFormat.of().formatHex(sum), json);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the disclosure policy cannot be written", e);
    }
  }
}
