package fr.opendamir.disclosure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads and validates the policy document. Unknown or missing keys are errors. */
public final class PolicyReader {
  private record Step(
      @JsonProperty(required = true) String dimension, @JsonProperty(required = true) String to) {}

  private record Bounds(
      @JsonProperty(required = true) List<String> levels,
      @JsonProperty(value = "warn_above", required = true) BigDecimal warnAbove,
      @JsonProperty(value = "refuse_above", required = true) BigDecimal refuseAbove) {}

  private record Document(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) int threshold,
      @JsonProperty(value = "acts_per_person", required = true) Map<String, Integer> actsPerPerson,
      @JsonProperty(value = "acts_per_person_undocumented", required = true) int undocumented,
      @JsonProperty(required = true) List<Step> generalisation,
      @JsonProperty(value = "loss_bounds", required = true) Bounds lossBounds) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private PolicyReader() {}

  /** The policy that this version of the service was built with. */
  public static DisclosurePolicy builtIn() {
    try (InputStream in = PolicyReader.class.getResourceAsStream("policy.json")) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the disclosure policy cannot be read", e);
    }
  }

  static DisclosurePolicy read(InputStream in) throws IOException {
    Document document = MAPPER.readValue(in, Document.class);
    return new DisclosurePolicy(
        document.id(),
        document.threshold(),
        document.actsPerPerson(),
        document.undocumented(),
        document.generalisation().stream().map(PolicyReader::step).toList(),
        new LossBounds(
            document.lossBounds().levels().stream()
                .map(name -> Level.find(name).orElseThrow())
                .toList(),
            document.lossBounds().warnAbove(),
            document.lossBounds().refuseAbove()));
  }

  private static GeneralisationStep step(Step step) {
    return new GeneralisationStep(
        Dimension.valueOf(step.dimension().toUpperCase(Locale.ROOT)),
        GeneralisationStep.Target.valueOf(step.to()));
  }
}
