package fr.opendamir.api.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What a GraphQL request may be. Prefix {@code opendamir.graphql}. */
@ConfigMapping(prefix = "opendamir.graphql")
public interface GraphqlConfig {
  /** Fields below one another, introspection apart. */
  @WithDefault("8")
  int maxDepth();

  /** Fields of an operation itself. */
  @WithDefault("10")
  int maxRootFields();

  /** Aliases, wherever they are. */
  @WithDefault("20")
  int maxAliases();

  /** Fields in all, with fragments where they are spread; those below codes count twenty times. */
  @WithDefault("300")
  int maxFields();

  /** Tokens of a document. */
  @WithDefault("2000")
  int maxTokens();

  /** Bytes of the body of a request. */
  @WithDefault("65536")
  int maxBodyBytes();

  /** Bytes of an answer. */
  @WithDefault("16777216")
  int maxAnswerBytes();

  /**
   * A folder of trusted documents, {@code *.graphql}; besides the examples, there are none without.
   */
  Optional<Path> documents();

  /** Whether other documents than trusted ones are refused. */
  @WithDefault("false")
  boolean trustedDocumentsOnly();
}
