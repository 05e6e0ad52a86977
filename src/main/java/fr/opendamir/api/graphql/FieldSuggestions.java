package fr.opendamir.api.graphql;

import fr.opendamir.question.Suggestions;
import graphql.GraphQLError;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nearest existing names for unknown fields, arguments, input fields and enum values, by the
 * location of the error.
 */
final class FieldSuggestions {
  static final FieldSuggestions NONE = new FieldSuggestions(Set.of());

  private final Map<SourceLocation, List<String>> nearest = new HashMap<>();
  private final Set<SourceLocation> shown;

  private FieldSuggestions(Set<SourceLocation> shown) {
    this.shown = shown;
  }

  /**
   * Finds suggestions, only for the errors that are shown: comparing names takes longer than the
   * rest of the error response.
   */
  static FieldSuggestions of(
      List<? extends GraphQLError> errors, Document document, GraphQLSchema schema) {
    FieldSuggestions suggestions =
        new FieldSuggestions(
            errors.stream()
                .flatMap(error -> Lists.orEmpty(error.getLocations()).stream())
                .collect(Collectors.toSet()));
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      if (operation.getOperation() == OperationDefinition.Operation.QUERY) {
        suggestions.visit(operation.getSelectionSet(), schema.getQueryType(), schema);
      }
    }
    for (FragmentDefinition fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
      suggestions.visit(
          fragment.getSelectionSet(), type(fragment.getTypeCondition(), schema), schema);
    }
    return suggestions;
  }

  /** The nearest names, best match first; empty if none is near or the name exists. */
  List<String> at(SourceLocation location) {
    return nearest.getOrDefault(location, List.of());
  }

  private void visit(SelectionSet selections, GraphQLType type, GraphQLSchema schema) {
    if (selections == null || !(type instanceof GraphQLFieldsContainer fields)) {
      return;
    }
    for (Selection<?> selection : selections.getSelections()) {
      if (selection instanceof Field field && !field.getName().startsWith("__")) {
        GraphQLFieldDefinition found = fields.getFieldDefinition(field.getName());
        if (found == null) {
          if (!shown.contains(field.getSourceLocation())) {
            continue;
          }
          List<String> names =
              fields.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName).toList();
          nearest.put(field.getSourceLocation(), Suggestions.nearest(field.getName(), names));
        } else {
          field.getArguments().forEach(argument -> visit(argument, found));
          visit(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(found.getType()), schema);
        }
      } else if (selection instanceof InlineFragment inline) {
        visit(
            inline.getSelectionSet(),
            inline.getTypeCondition() == null ? type : type(inline.getTypeCondition(), schema),
            schema);
      }
    }
  }

  private void visit(Argument argument, GraphQLFieldDefinition field) {
    if (!shown.contains(argument.getSourceLocation())) {
      return;
    }
    GraphQLArgument found = field.getArgument(argument.getName());
    List<String> names =
        found == null
            ? Suggestions.nearest(
                argument.getName(),
                field.getArguments().stream().map(GraphQLArgument::getName).toList())
            : nearest(argument.getValue(), GraphQLTypeUtil.unwrapAll(found.getType()));
    if (!names.isEmpty()) {
      nearest.put(argument.getSourceLocation(), names);
    }
  }

  /**
   * The nearest names for the first unknown name inside an argument value. The library reports only
   * the location of the argument.
   */
  private static List<String> nearest(Value<?> value, GraphQLType type) {
    if (value instanceof ArrayValue list) {
      return list.getValues().stream()
          .map(one -> nearest(one, type))
          .filter(names -> !names.isEmpty())
          .findFirst()
          .orElse(List.of());
    }
    if (value instanceof EnumValue name
        && type instanceof GraphQLEnumType choices
        && choices.getValue(name.getName()) == null) {
      return Suggestions.nearest(
          name.getName(),
          choices.getValues().stream().map(GraphQLEnumValueDefinition::getName).toList());
    }
    if (value instanceof ObjectValue object && type instanceof GraphQLInputObjectType members) {
      for (ObjectField member : object.getObjectFields()) {
        GraphQLInputObjectField found = members.getField(member.getName());
        List<String> names =
            found == null
                ? Suggestions.nearest(
                    member.getName(),
                    members.getFields().stream().map(GraphQLInputObjectField::getName).toList())
                : nearest(member.getValue(), GraphQLTypeUtil.unwrapAll(found.getType()));
        if (!names.isEmpty()) {
          return names;
        }
      }
    }
    return List.of();
  }

  private static GraphQLType type(TypeName name, GraphQLSchema schema) {
    return schema.getType(name.getName());
  }
}
