package fr.opendamir.format;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.table.AnswerDescription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** JSON generator and members shared by the JSON-based formats. */
final class JsonText {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .build();

  static {
    // Omits the only map that may be null: Disclosure.notDisclosed.
    MAPPER
        .configOverride(Map.class)
        .setInclude(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
  }

  private JsonText() {}

  /** Opens a generator that writes decimals in plain notation, never as a string or {@code NaN}. */
  static JsonGenerator open(ByteArrayOutputStream bytes) throws IOException {
    return MAPPER.createGenerator(bytes);
  }

  /** Writes {@code release}, or {@code difference} with the two releases that were compared. */
  static void writeRelease(JsonGenerator json, AnswerDescription description) throws IOException {
    if (description.base().isPresent()) {
      json.writeObjectFieldStart("difference");
      json.writeObjectField("from", description.base().get());
      json.writeObjectField("to", description.release());
      json.writeEndObject();
    } else if (description.release() != null) {
      json.writeObjectField("release", description.release());
    }
  }

  /** Writes {@code disclosure} and the members that only some descriptions have. */
  static void writeMore(JsonGenerator json, AnswerDescription description) throws IOException {
    if (description.disclosure() != null) {
      json.writeObjectField("disclosure", description.disclosure());
    }
    for (Map.Entry<String, Object> member : description.more().entrySet()) {
      json.writeObjectField(member.getKey(), member.getValue());
    }
  }
}
