package fr.opendamir.api.graphql;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.MeasureValue;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.question.Question;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.FieldValueInfo;
import graphql.execution.MergedField;
import graphql.execution.MergedSelectionSet;
import graphql.execution.ValuesResolver;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLObjectType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executes everything as GraphQL does, but for the nodes of an answer: thousands of nodes times
 * several fields would take microseconds each. All of them have the same fields, so the selection
 * is understood once, and nodes are written from the rows of the answer.
 */
final class NodeExecutionStrategy extends AsyncExecutionStrategy {
  private final Catalog catalog;

  NodeExecutionStrategy(DataFetcherExceptionHandler failures, Catalog catalog) {
    super(failures);
    this.catalog = catalog;
  }

  /** Intercepts the field before it is fetched, so that no object is made for a node. */
  @Override
  protected Object resolveFieldWithInfo(
      ExecutionContext execution, ExecutionStrategyParameters parameters) {
    if (parameters.getSource() instanceof AggregateResult result
        && parameters.getField().getName().equals("nodes")) {
      return new FieldValueInfo(
          FieldValueInfo.CompleteValueType.LIST, columns(execution, parameters.getField(), result));
    }
    return super.resolveFieldWithInfo(execution, parameters);
  }

  private NodeColumns columns(
      ExecutionContext execution, MergedField field, AggregateResult result) {
    Question query = result.query();
    GraphQLObjectType type = execution.getGraphQLSchema().getObjectType("SpendingNode");
    NodeColumns columns = new NodeColumns(result);
    for (MergedField selected : fields(execution, type, field)) {
      String name = selected.getResultKey();
      Optional<Level> level = SchemaNames.findLevel(selected.getName());
      Optional<MeasureValue> value = SchemaNames.findValue(selected.getName());
      if (level.isPresent()) {
        addLevel(columns, name, level.get(), execution, selected, query.language());
      } else if (value.isPresent()) {
        columns.figure(name, query.values().indexOf(value.get()));
      } else if (selected.getName().equals("__typename")) {
        columns.text(name, type.getName());
      } else if (selected.getName().equals(SchemaNames.COMPARED_STATUS)) {
        columns.comparedStatus(name);
      } else {
        columns.status(name);
      }
    }
    return columns;
  }

  private void addLevel(
      NodeColumns columns,
      String name,
      Level level,
      ExecutionContext execution,
      MergedField field,
      Language language) {
    if (CatalogTypes.isPeriod(level)) {
      columns.period(name, level);
      return;
    }
    GraphQLObjectType type = execution.getGraphQLSchema().getObjectType("Code");
    NodeColumns.CodeParts parts = new NodeColumns.CodeParts();
    for (MergedField part : fields(execution, type, field)) {
      switch (part.getName()) {
        case "code" -> parts.code(part.getResultKey());
        case "label" ->
            parts.label(
                part.getResultKey(), level, language(execution, type, part, language), catalog);
        default -> parts.text(part.getResultKey(), type.getName());
      }
    }
    columns.code(name, level, parts);
  }

  private List<MergedField> fields(
      ExecutionContext execution, GraphQLObjectType type, MergedField field) {
    MergedSelectionSet selection =
        fieldCollector.collectFields(
            FieldCollectorParameters.newParameters()
                .schema(execution.getGraphQLSchema())
                .objectType(type)
                .fragments(execution.getFragmentsByName())
                .variables(execution.getCoercedVariables().toMap())
                .graphQLContext(execution.getGraphQLContext())
                .build(),
            field,
            false);
    return selection.getSubFieldsList();
  }

  private static Language language(
      ExecutionContext execution, GraphQLObjectType type, MergedField label, Language otherwise) {
    List<GraphQLArgument> arguments = type.getFieldDefinition(label.getName()).getArguments();
    Map<String, Object> values =
        ValuesResolver.getArgumentValues(
            execution.getGraphQLSchema().getCodeRegistry(),
            arguments,
            label.getArguments(),
            execution.getCoercedVariables(),
            execution.getGraphQLContext(),
            execution.getLocale());
    return values.get("lang") instanceof Language asked ? asked : otherwise;
  }
}
