package fr.opendamir.api.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Limits on GraphQL requests. Prefix {@code opendamir.graphql}. */
@ConfigMapping(prefix = "opendamir.graphql")
public interface GraphqlConfig {
  /** Maximum depth of nested fields, without introspection. */
  @WithDefault("8")
  int maxDepth();

  /** Maximum root fields of an operation. */
  @WithDefault("10")
  int maxRootFields();

  /** Maximum aliases of a document, at any depth. */
  @WithDefault("20")
  int maxAliases();

  /**
   * Maximum fields in total, with fragments expanded; each field below {@code codes} counts as
   * twenty.
   */
  @WithDefault("300")
  int maxFields();

  /** Maximum tokens of a document. */
  @WithDefault("2000")
  int maxTokens();

  /** Maximum bytes of a request body. */
  @WithDefault("65536")
  int maxBodyBytes();

  /** Maximum bytes of an answer. */
  @WithDefault("16777216")
  int maxAnswerBytes();

  /**
   * Folder with trusted documents, {@code *.graphql}. If unset, only the built-in examples are
   * trusted.
   */
  Optional<Path> documents();

  /** Whether documents that are not trusted are rejected. */
  @WithDefault("false")
  boolean trustedDocumentsOnly();
}
