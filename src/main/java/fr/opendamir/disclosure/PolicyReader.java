package fr.opendamir.disclosure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and validates the policy document. Unknown or missing keys are errors. */
public final class PolicyReader {
  private record Bounds(
      @JsonProperty(required = true) List<String> levels,
      @JsonProperty(value = "warn_above", required = true) BigDecimal warnAbove,
      @JsonProperty(value = "refuse_above", required = true) BigDecimal refuseAbove) {}

  private record Change(
      @JsonProperty(value = "service_group", required = true) String serviceGroup,
      @JsonProperty(required = true) String month) {}

  private record Document(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) int threshold,
      @JsonProperty(value = "least_uncertainty", required = true) int leastUncertainty,
      @JsonProperty(value = "acts_per_person", required = true) Map<String, Integer> actsPerPerson,
      @JsonProperty(value = "acts_per_person_undocumented", required = true) int undocumented,
      @JsonProperty(value = "counts_per_person", required = true)
          Map<String, Integer> countsPerPerson,
      @JsonProperty(value = "lines_per_person", required = true) int linesPerPerson,
      @JsonProperty(value = "services_per_person", required = true) int servicesPerPerson,
      @JsonProperty(value = "largest_share", required = true) int largestShare,
      @JsonProperty(required = true) List<String> components,
      @JsonProperty(value = "exemption_classes", required = true)
          Map<String, List<String>> exemptionClasses,
      @JsonProperty(value = "tariff_changes", required = true) List<Change> tariffChanges,
      @JsonProperty(required = true) List<List<String>> recodings,
      @JsonProperty(value = "loss_bounds", required = true) Bounds lossBounds) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** The threshold that the service guarantees; a document with a lower one is rejected. */
  private static final int LEAST_THRESHOLD = 11;

  private PolicyReader() {}

  /** Reads the policy that is built into this version of the service. */
  public static DisclosurePolicy builtIn() {
    try (InputStream in = PolicyReader.class.getResourceAsStream("policy.json")) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the disclosure policy cannot be read", e);
    }
  }

  /**
   * Reads a policy document supplied by the operator.
   *
   * @throws IllegalArgumentException when the document cannot be read or is invalid; the message
   *     says what is wrong
   */
  public static DisclosurePolicy read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the disclosure policy " + file + " is not valid: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the disclosure policy " + file + " is not valid: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the disclosure policy " + file + " cannot be read", e);
    }
  }

  static DisclosurePolicy read(InputStream in) throws IOException {
    Document document = MAPPER.readValue(in, Document.class);
    if (document.threshold() < LEAST_THRESHOLD) {
      throw new IllegalArgumentException(
          "threshold must be at least " + LEAST_THRESHOLD + ", not " + document.threshold());
    }
    requireGroups(document.actsPerPerson().keySet());
    requireGroups(document.countsPerPerson().keySet());
    requireGroups(
        document.tariffChanges().stream().map(Change::serviceGroup).collect(Collectors.toSet()));
    return new DisclosurePolicy(
        document.id(),
        document.threshold(),
        document.leastUncertainty(),
        new PersonWeights(
            document.actsPerPerson(),
            document.undocumented(),
            document.countsPerPerson(),
            document.linesPerPerson(),
            document.servicesPerPerson()),
        document.largestShare(),
        document.components().stream().map(PolicyReader::component).collect(Collectors.toSet()),
        document.exemptionClasses(),
        document.tariffChanges().stream().map(PolicyReader::tariffChange).toList(),
        document.recodings().stream().map(PolicyReader::recoding).toList(),
        new LossBounds(
            document.lossBounds().levels().stream().map(PolicyReader::level).toList(),
            document.lossBounds().warnAbove(),
            document.lossBounds().refuseAbove()));
  }

  /**
   * Rejects unknown group names: a misspelt group would silently get the weight of undocumented
   * services.
   */
  private static void requireGroups(Set<String> named) {
    Set<String> groups =
        Catalog.load().codes(Level.SERVICE_GROUP).stream()
            .map(CodeEntry::code)
            .collect(Collectors.toSet());
    for (String group : named) {
      if (!groups.contains(group)) {
        throw new IllegalArgumentException("there is no group of services " + group);
      }
    }
  }

  private static Recoding recoding(List<String> levels) {
    return new Recoding(levels.stream().map(PolicyReader::level).toList());
  }

  private static TariffChange tariffChange(Change change) {
    try {
      return new TariffChange(change.serviceGroup(), YearMonth.parse(change.month()));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the month of a tariff change must be like 2024-12, not " + change.month(), e);
    }
  }

  private static Component component(String name) {
    return Arrays.stream(Component.values())
        .filter(component -> component.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no component " + name));
  }

  private static Level level(String name) {
    return Level.find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no level " + name));
  }
}
