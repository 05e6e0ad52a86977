// Starts GraphiQL: with the query of the address, else the one that was open last, else an example.
// The libraries are those that SmallRye GraphQL bundles; its own start has no example and sends the
// content type twice.
"use strict";

const EXAMPLE = `# What was reimbursed in each region. The dimensions that you select in nodes are the grouping,
# the measures that you select are the figures.
{
  spending(first: 20) {
    totalCount
    nodes {
      region {
        code
        label(lang: EN)
      }
      reimbursed
    }
  }
}
`;

const address = new URL(window.location.href);
const parameter = (name) => address.searchParams.get(name) ?? undefined;

// The address follows what is edited, so that it can be shared.
function follow(name) {
  return (value) => {
    if (value && value !== EXAMPLE) {
      address.searchParams.set(name, value);
    } else {
      address.searchParams.delete(name);
    }
    window.history.replaceState(null, "", address);
  };
}

ReactDOM.render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({
      url: new URL("../graphql", address.origin + address.pathname).href,
      enableIncrementalDelivery: false,
      headers: { accept: "application/graphql-response+json, application/json;q=0.9" },
    }),
    query: parameter("query"),
    variables: parameter("variables"),
    operationName: parameter("operationName"),
    onEditQuery: follow("query"),
    onEditVariables: follow("variables"),
    onEditOperationName: follow("operationName"),
    defaultQuery: EXAMPLE,
    defaultEditorToolsVisibility: true,
    headerEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
  document.getElementById("graphiql"),
);
