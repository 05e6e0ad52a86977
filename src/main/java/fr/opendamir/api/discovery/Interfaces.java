package fr.opendamir.api.discovery;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The interfaces of the service, and what describes each: the list for machines and the guide for
 * agents are made of them.
 */
@Singleton
class Interfaces {
  static final String AGENTS = "/mcp";
  static final String GUIDE = "/llms.txt";

  /**
   * A document about an interface.
   *
   * @param relation of the link to it (RFC 8631)
   */
  record Target(String relation, String path, String type, String title) {}

  /**
   * An interface.
   *
   * @param path the address that answers
   */
  record Door(String path, List<Target> targets) {}

  private static final Target FOR_AGENTS =
      new Target("service-doc", GUIDE, "text/markdown", "Guide for agents");

  private static final List<Door> ALWAYS =
      List.of(
          new Door(
              "/v1/aggregates",
              List.of(
                  new Target("service-desc", "/openapi", "application/yaml", "OpenAPI 3.1"),
                  new Target(
                      "service-desc", "/openapi?version=3.0", "application/yaml", "OpenAPI 3.0"),
                  new Target("service-doc", "/docs", "text/html", "Documentation"),
                  FOR_AGENTS,
                  new Target(
                      "service-meta", ReleaseFeed.PATH, "application/atom+xml", "Releases"))),
          new Door(
              "/graphql",
              List.of(
                  new Target(
                      "service-desc", "/graphql/schema.graphql", "text/plain", "GraphQL schema"),
                  new Target("service-doc", "/graphiql/", "text/html", "GraphiQL"))));

  private final boolean hasAgents;

  Interfaces(@ConfigProperty(name = "opendamir.mcp.enabled") boolean hasAgents) {
    this.hasAgents = hasAgents;
  }

  List<Door> all() {
    return hasAgents
        ? Stream.concat(ALWAYS.stream(), Stream.of(new Door(AGENTS, List.of(FOR_AGENTS)))).toList()
        : ALWAYS;
  }

  /** Whether agents are answered by the Model Context Protocol. */
  boolean hasAgents() {
    return hasAgents;
  }
}
