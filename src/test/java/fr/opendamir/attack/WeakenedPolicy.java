package fr.opendamir.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.disclosure.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The policy documents against which attacks must succeed: the built-in one with rules disabled.
 */
enum WeakenedPolicy {
  /** No part of the amounts has to be safe by itself. */
  AMOUNTS_OF_FEW("components", "[]"),
  /** Exempt and not exempt acts meet in one block. */
  EQUATIONS("exemption_classes", "{}"),
  /** Care before and after a change of tariffs meets in one block. */
  TARIFF_CHANGES("tariff_changes", "[]"),
  /** One person can have as many contributors as services. */
  SERVICES_ARE_PERSONS("services_per_person", "1000"),
  /** Kilometres and days are not checked by the number of trips and payments. */
  DAYS_ARE_PERSONS("counts_per_person", "{}"),
  /** A line without acts is a person. */
  LINES_ARE_PERSONS("lines_per_person", "1"),
  /** Blocks may have as many contributors as their parts can have at most. */
  PARTS("least_uncertainty", "1"),
  /** One line may be nearly all of a block. */
  DOMINANCE("largest_share", "100");

  private static final JsonMapper JSON = new JsonMapper();

  private final String key;
  private final String value;

  WeakenedPolicy(String key, String value) {
    this.key = key;
    this.value = value;
  }

  DisclosurePolicy policy() {
    return without(this);
  }

  /** None of the rules. */
  static DisclosurePolicy withoutAny() {
    return without(values());
  }

  private static DisclosurePolicy without(WeakenedPolicy... rules) {
    try {
      JsonNode document = JSON.readTree(PolicyDocument.of(PolicyReader.builtIn()).json());
      ObjectNode changed = (ObjectNode) document;
      changed.put("id", "weakened-for-tests");
      for (WeakenedPolicy rule : Arrays.asList(rules)) {
        changed.set(rule.key, JSON.readTree(rule.value));
      }
      Path file = Files.createTempFile("weakened-policy", ".json");
      try {
        return PolicyReader.read(Files.writeString(file, changed.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
