package fr.opendamir.api.rest;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The words that schemas of the contract are written in. */
final class ContractSchemas {
  private ContractSchemas() {}

  /** An object; its members are added one by one. */
  static Schema object(String description) {
    return of(SchemaType.OBJECT).description(description);
  }

  /** Adds a member that is always there. */
  static void always(Schema object, String name, Schema member) {
    object.addProperty(name, member).addRequired(name);
  }

  /** Adds a member that some answers lack. */
  static void sometimes(Schema object, String name, Schema member) {
    object.addProperty(name, member);
  }

  static Schema ref(String name) {
    return OASFactory.createSchema().ref(name);
  }

  static Schema text(String description) {
    return of(SchemaType.STRING).description(description);
  }

  /** A text that is one of a few. */
  static Schema oneOf(String description, List<String> values) {
    return text(description).enumeration(List.copyOf(values));
  }

  /** An instant of RFC 3339. */
  static Schema instant(String description) {
    return text(description).format("date-time");
  }

  static Schema flag(String description) {
    return of(SchemaType.BOOLEAN).description(description);
  }

  static Schema count(String description) {
    return of(SchemaType.INTEGER).format("int64").description(description);
  }

  /** A whole number within bounds. */
  static Schema integer(int least, int most) {
    return of(SchemaType.INTEGER)
        .format("int32")
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  static Schema number(String description) {
    return of(SchemaType.NUMBER).description(description);
  }

  /** A list. */
  static Schema list(String description, Schema items) {
    return of(SchemaType.ARRAY).description(description).items(items);
  }

  /** An object whose members have names that the catalog or the question gives. */
  static Schema byName(String description, Schema member) {
    return object(description).additionalPropertiesSchema(member);
  }

  /** The same, or null where there is none. */
  static Schema orNull(Schema schema) {
    return schema.addType(SchemaType.NULL);
  }

  static Schema of(SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }
}
