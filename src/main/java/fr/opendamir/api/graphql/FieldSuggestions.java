package fr.opendamir.api.graphql;

import fr.opendamir.query.Suggestions;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.TypeName;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For fields that do not exist, by where they are: the nearest that do. */
final class FieldSuggestions {
  static final FieldSuggestions NONE = new FieldSuggestions();

  private final Map<SourceLocation, List<String>> nearest = new HashMap<>();

  private FieldSuggestions() {}

  static FieldSuggestions of(Document document, GraphQLSchema schema) {
    FieldSuggestions suggestions = new FieldSuggestions();
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

  /** The nearest names of fields, best first; empty where nothing is near or the field exists. */
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
          List<String> names =
              fields.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName).toList();
          nearest.put(field.getSourceLocation(), Suggestions.nearest(field.getName(), names));
        } else {
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

  private static GraphQLType type(TypeName name, GraphQLSchema schema) {
    return schema.getType(name.getName());
  }
}
