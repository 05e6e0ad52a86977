package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import fr.opendamir.catalog.MeasureValue;
import graphql.language.Description;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeName;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.Arrays;
import java.util.function.Function;

/** The types of the schema that have a member for each level or measure of the catalog. */
final class CatalogTypes {
  private final Catalog catalog;

  CatalogTypes(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Whether all codes of a level are periods, which have no labels. */
  static boolean isPeriod(Level level) {
    return level.dimension() == Dimension.MONTH;
  }

  void addTo(TypeDefinitionRegistry types) {
    types.add(node());
    types.add(filter());
    types.add(
        enumeration(
            "DimensionName",
            "A dimension, or a coarser level of one",
            Level.values(),
            SchemaNames::value,
            this::text));
    types.add(
        enumeration(
            "MeasureName",
            "Something that is measured",
            Measure.values(),
            SchemaNames::value,
            this::text));
  }

  private ObjectTypeDefinition node() {
    ObjectTypeDefinition.Builder node =
        ObjectTypeDefinition.newObjectTypeDefinition()
            .name("SpendingNode")
            .description(
                description(
                    "A cell: the dimensions that are selected are what figures are grouped by, the"
                        + " measures that are selected are its figures. Selecting no dimension"
                        + " gives one node, the total."));
    for (Level level : Level.values()) {
      node.fieldDefinition(
          FieldDefinition.newFieldDefinition()
              .name(SchemaNames.field(level))
              .type(new NonNullType(new TypeName(isPeriod(level) ? "String" : "Code")))
              .description(description(text(level)))
              .build());
    }
    for (MeasureValue value : SchemaNames.values()) {
      node.fieldDefinition(
          FieldDefinition.newFieldDefinition()
              .name(SchemaNames.field(value))
              .type(new TypeName(value.decimals() == 0 ? "BigInteger" : "BigDecimal"))
              .description(description(text(value)))
              .build());
    }
    return node.fieldDefinition(
            FieldDefinition.newFieldDefinition()
                .name("status")
                .type(new NonNullType(new TypeName("NodeStatus")))
                .description(description("Whether the figures of this node are shown"))
                .build())
        .fieldDefinition(
            FieldDefinition.newFieldDefinition()
                .name(SchemaNames.COMPARED_STATUS)
                .type(new TypeName("NodeStatus"))
                .description(description("Whether the figures of the compared period are shown"))
                .build())
        .build();
  }

  private InputObjectTypeDefinition filter() {
    InputObjectTypeDefinition.Builder filter =
        InputObjectTypeDefinition.newInputObjectDefinition()
            .name("SpendingFilter")
            .description(
                description("Conditions on dimensions and levels, all of which must hold"));
    for (Level level : Level.values()) {
      String type = level.periodForm().isPresent() ? "PeriodFilter" : "CodeFilter";
      filter.inputValueDefinition(
          InputValueDefinition.newInputValueDefinition()
              .name(SchemaNames.field(level))
              .type(new TypeName(level == Level.MONTH_OF_PROCESSING ? "MonthFilter" : type))
              .description(description(catalog.describe(level).label().en()))
              .build());
    }
    return filter.build();
  }

  private static <T> EnumTypeDefinition enumeration(
      String name,
      String text,
      T[] values,
      Function<T, String> valueName,
      Function<T, String> valueText) {
    return EnumTypeDefinition.newEnumTypeDefinition()
        .name(name)
        .description(description(text))
        .enumValueDefinitions(
            Arrays.stream(values)
                .map(
                    value ->
                        EnumValueDefinition.newEnumValueDefinition()
                            .name(valueName.apply(value))
                            .description(description(valueText.apply(value)))
                            .build())
                .toList())
        .build();
  }

  private String text(Level level) {
    LevelDescription texts = catalog.describe(level);
    return texts.label().en() + ". " + texts.description().en();
  }

  private String text(MeasureValue value) {
    String measure = SchemaNames.field(value.measure());
    return switch (value.kind()) {
      case ASKED ->
          "%s Unit: %s. Null where the figure is withheld or there is none."
              .formatted(text(value.measure()), catalog.describe(value.measure()).unit());
      case COMPARED -> "The value of %s in the compared period".formatted(measure);
      case CHANGE -> "The value of %1$s less %1$sCompared".formatted(measure);
      case CHANGE_RATE ->
          "The change of %s divided by its value in the compared period; null unless that is positive"
              .formatted(measure);
    };
  }

  private String text(Measure measure) {
    MeasureDescription texts = catalog.describe(measure);
    return texts.label().en() + ". " + texts.description().en();
  }

  private static Description description(String text) {
    return new Description(text, null, false);
  }
}
