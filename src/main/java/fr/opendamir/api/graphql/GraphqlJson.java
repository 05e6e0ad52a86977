package fr.opendamir.api.graphql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.api.http.Problem;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Writes answers as JSON, with decimals in full digits and no exponent. */
final class GraphqlJson {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private static final JsonMapper MAPPER = new JsonMapper();

  private GraphqlJson() {}

  /** Writes errors without data, for requests that were not executed. */
  static Buffer write(List<GraphQLError> errors) {
    return write(null, errors, null, Integer.MAX_VALUE);
  }

  /**
   * Writes an answer.
   *
   * @param data null if nothing was executed
   * @param cost null if nothing was executed
   * @throws RefusedRequestException if the answer exceeds its maximum size
   */
  static Buffer write(
      Map<String, Object> data, List<GraphQLError> errors, Asked cost, int maxBytes) {
    ByteArrayOutputStream bytes = new BoundedBytes(maxBytes);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(json, data, errors, cost);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void write(
      JsonGenerator json, Map<String, Object> data, List<GraphQLError> errors, Asked cost)
      throws IOException {
    json.writeStartObject();
    if (data != null) {
      json.writeFieldName("data");
      writeValue(json, data);
    }
    if (!errors.isEmpty()) {
      json.writeArrayFieldStart("errors");
      for (GraphQLError error : errors) {
        writeError(json, error);
      }
      json.writeEndArray();
    }
    if (cost != null) {
      json.writeObjectFieldStart("extensions");
      json.writeObjectFieldStart("cost");
      json.writeNumberField("requestedQueryCost", cost.requestedUnits());
      json.writeNumberField("actualQueryCost", cost.actualUnits());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Omits the library's error classification; the codes are more specific. */
  private static void writeError(JsonGenerator json, GraphQLError error) throws IOException {
    json.writeStartObject();
    json.writeStringField("message", error.getMessage());
    if (error.getLocations() != null && !error.getLocations().isEmpty()) {
      json.writeArrayFieldStart("locations");
      for (SourceLocation location : error.getLocations()) {
        json.writeStartObject();
        json.writeNumberField("line", location.getLine());
        json.writeNumberField("column", location.getColumn());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (error.getPath() != null) {
      json.writeFieldName("path");
      writeValue(json, error.getPath());
    }
    json.writeFieldName("extensions");
    writeValue(json, error.getExtensions());
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof NodeColumns nodes) {
      nodes.write(json);
    } else if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        json.writeFieldName(String.valueOf(member.getKey()));
        writeValue(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        writeValue(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Problem problem) {
      MAPPER.writeValue(json, problem);
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
