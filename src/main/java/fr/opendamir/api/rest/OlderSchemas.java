package fr.opendamir.api.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Says in words of OpenAPI 3.0 what the library that writes it does not: a schema has one type
 * there, and may be null only beside its type.
 */
final class OlderSchemas implements OASFilter {
  private final Map<String, Schema> named;

  OlderSchemas(OpenAPI contract) {
    this.named = contract.getComponents().getSchemas();
  }

  @Override
  public Schema filterSchema(Schema schema) {
    List<SchemaType> types = withoutNull(schema.getType());
    if (types.size() > 1) {
      boolean mayBeNull = schema.getType().contains(SchemaType.NULL);
      schema.setType(null);
      schema.setAnyOf(
          types.stream()
              .map(type -> OASFactory.createSchema().type(typed(type, mayBeNull)))
              .toList());
    } else if (isReferenceOrNull(schema)) {
      Schema reference = schema.getAnyOf().get(0);
      schema.setAnyOf(null);
      schema.setAllOf(List.of(reference));
      schema.setType(typed(type(reference), true));
    }
    return schema;
  }

  private static List<SchemaType> withoutNull(List<SchemaType> types) {
    return types == null
        ? List.of()
        : types.stream().filter(type -> type != SchemaType.NULL).toList();
  }

  private static List<SchemaType> typed(SchemaType type, boolean mayBeNull) {
    List<SchemaType> types = new ArrayList<>(List.of(type));
    if (mayBeNull) {
      types.add(SchemaType.NULL);
    }
    return types;
  }

  private static boolean isReferenceOrNull(Schema schema) {
    List<Schema> alternatives = schema.getAnyOf();
    return alternatives != null
        && alternatives.size() == 2
        && alternatives.get(0).getRef() != null
        && List.of(SchemaType.NULL).equals(alternatives.get(1).getType());
  }

  private SchemaType type(Schema reference) {
    String name = reference.getRef().substring(reference.getRef().lastIndexOf('/') + 1);
    return named.get(name).getType().get(0);
  }
}
