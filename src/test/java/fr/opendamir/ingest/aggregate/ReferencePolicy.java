package fr.opendamir.ingest.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A policy document as the reference reads it.
 *
 * @param month of the files
 * @param recodings the levels that each recoding gives up
 */
record ReferencePolicy(
    YearMonth month,
    int threshold,
    int leastUncertainty,
    Map<String, Integer> actsPerPerson,
    int undocumentedActsPerPerson,
    Map<String, Integer> countsPerPerson,
    int linesPerPerson,
    int servicesPerPerson,
    int largestShare,
    Set<LineLayer.Component> protectedComponents,
    Map<String, List<String>> exemptionClasses,
    Map<String, List<YearMonth>> tariffChanges,
    List<Set<String>> recodings) {
  /** The month of most files of these tests. */
  private static final YearMonth JANUARY = YearMonth.of(2025, 1);

  /** The document that is built into the service. */
  static ReferencePolicy builtIn() {
    try {
      return read(
          new ObjectMapper().readTree(DisclosurePolicy.class.getResourceAsStream("policy.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another policy, by its document. */
  static ReferencePolicy of(DisclosurePolicy policy) {
    try {
      return read(new ObjectMapper().readTree(PolicyDocument.of(policy).json()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ReferencePolicy read(JsonNode document) {
    Set<LineLayer.Component> components = new LinkedHashSet<>();
    strings(document.get("components"))
        .forEach(id -> components.add(LineLayer.Component.named(id)));
    Map<String, List<YearMonth>> changes = new TreeMap<>();
    document
        .get("tariff_changes")
        .forEach(
            change ->
                changes
                    .computeIfAbsent(
                        change.get("service_group").textValue(), g -> new ArrayList<>())
                    .add(YearMonth.parse(change.get("month").textValue())));
    Map<String, List<String>> classes = new TreeMap<>();
    document
        .get("exemption_classes")
        .properties()
        .forEach(entry -> classes.put(entry.getKey(), strings(entry.getValue())));
    List<Set<String>> recodings = new ArrayList<>();
    document.get("recodings").forEach(recoding -> recodings.add(Set.copyOf(strings(recoding))));
    return new ReferencePolicy(
        JANUARY,
        document.get("threshold").intValue(),
        document.get("least_uncertainty").intValue(),
        numbers(document.get("acts_per_person")),
        document.get("acts_per_person_undocumented").intValue(),
        numbers(document.get("counts_per_person")),
        document.get("lines_per_person").intValue(),
        document.get("services_per_person").intValue(),
        document.get("largest_share").intValue(),
        components,
        classes,
        changes,
        recodings);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(value -> strings.add(value.textValue()));
    return strings;
  }

  private static Map<String, Integer> numbers(JsonNode object) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    object.properties().forEach(entry -> numbers.put(entry.getKey(), entry.getValue().intValue()));
    return numbers;
  }

  int actsPerPerson(String service) {
    return actsPerPerson.getOrDefault(
        ReferenceCodes.groupOfService(service), undocumentedActsPerPerson);
  }

  /** Empty for services whose quantity alone counts. */
  Optional<Integer> countsPerPerson(String service) {
    return Optional.ofNullable(countsPerPerson.get(ReferenceCodes.groupOfService(service)));
  }

  /** The same for files of another month: changes of tariffs are nearer or farther. */
  ReferencePolicy in(YearMonth other) {
    return new ReferencePolicy(
        other,
        threshold,
        leastUncertainty,
        actsPerPerson,
        undocumentedActsPerPerson,
        countsPerPerson,
        linesPerPerson,
        servicesPerPerson,
        largestShare,
        protectedComponents,
        exemptionClasses,
        tariffChanges,
        recodings);
  }

  /** The parts that must be safe by themselves. */
  List<LineLayer> components() {
    return LineLayer.all().stream()
        .filter(part -> protectedComponents.contains(part.component()))
        .toList();
  }

  /**
   * The number of what stays apart: the class of the exemption, 0 where no class lists the code,
   * and for each group of services with changed tariffs whether the lag does not tell that care was
   * given since the last change.
   */
  int apart(SourceLine line) {
    int number = 0;
    List<List<String>> classes = List.copyOf(exemptionClasses.values());
    for (int i = 0; i < classes.size(); i++) {
      number = classes.get(i).contains(line.exemption()) ? i + 1 : number;
    }
    for (Map.Entry<String, List<YearMonth>> group : tariffChanges.entrySet()) {
      long months =
          group.getValue().stream()
              .mapToLong(change -> change.until(month, ChronoUnit.MONTHS))
              .filter(since -> since >= 0)
              .min()
              .orElse(-1);
      if (months >= 0) {
        boolean isOlder =
            ReferenceCodes.groupOfService(line.service()).equals(group.getKey())
                && !isSince(line.careLag(), months);
        number = number * 2 + (isOlder ? 1 : 0);
      }
    }
    return number;
  }

  private static boolean isSince(String lag, long months) {
    return lag.matches("[0-5]")
        ? Integer.parseInt(lag) <= months
        : lag.equals("6_11") && months >= 11;
  }

  /** Whether a line stands for at most two contributors. */
  boolean isOfFew(SourceLine line) {
    return Math.abs(line.quantity()) <= 2L * actsPerPerson(line.service());
  }
}
