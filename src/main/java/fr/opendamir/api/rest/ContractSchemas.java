package fr.opendamir.api.rest;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Creates the schemas that derive from the catalog and the bounds of questions. */
final class ContractSchemas {
  private ContractSchemas() {}

  static Schema ref(String name) {
    return OASFactory.createSchema().ref(name);
  }

  static Schema text(String description) {
    return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
  }

  /** A text with a fixed set of values. */
  static Schema oneOf(String description, List<String> values) {
    return text(description).enumeration(List.copyOf(values));
  }

  /** An integer within inclusive bounds. */
  static Schema integer(int least, int most) {
    return OASFactory.createSchema()
        .addType(SchemaType.INTEGER)
        .format("int32")
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  static Schema list(Schema items, int maxItems) {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items).maxItems(maxItems);
  }
}
