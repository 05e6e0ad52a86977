package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import fr.opendamir.question.QuestionError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trusted documents, identified by {@code sha256:} and the SHA-256 of their text: the built-in
 * examples, and the documents in the operator's folder.
 */
@ApplicationScoped
class TrustedDocuments {
  /** Built-in example documents, as resources relative to this class. */
  private static final List<String> EXAMPLES = List.of("spending-by-region.graphql");

  private static final String PREFIX = "sha256:";

  private final Map<String, String> documents = new LinkedHashMap<>();
  private final boolean only;

  TrustedDocuments(GraphqlConfig config) {
    this.only = config.trustedDocumentsOnly();
    EXAMPLES.forEach(name -> add(example(name)));
    config.documents().ifPresent(this::addFolder);
  }

  /**
   * The document text of a request.
   *
   * @throws RefusedRequestException if the id is unknown, or if only trusted documents are allowed
   *     and this one is not trusted
   */
  String text(GraphqlRequest request) {
    if (request.documentId().isPresent()) {
      String id = request.documentId().get();
      String text = documents.get(id);
      if (text == null) {
        throw new RefusedRequestException(
            ProblemType.UNKNOWN_DOCUMENT,
            "unknown_document",
            new Label(
                QuestionError.shown(id)
                    + " n'est pas un document connu ; forme attendue sha256:<hexadécimal>",
                QuestionError.shown(id) + " is not a known document; the form is sha256:<hex>"));
      }
      return text;
    }
    String text = request.query().orElseThrow();
    if (only && !documents.containsKey(id(text))) {
      throw new RefusedRequestException(
          ProblemType.UNKNOWN_DOCUMENT,
          "untrusted_document",
          new Label(
              "ce service n'exécute que les documents qu'il connaît",
              "this service executes only documents that it knows"));
    }
    return text;
  }

  /** The text of a trusted document by its hash; empty if there is none. */
  Optional<String> find(String hash) {
    return Optional.ofNullable(documents.get(PREFIX + hash));
  }

  /** The id of a document. */
  static String id(String text) {
    return PREFIX + PersistedQuery.hash(text);
  }

  private void add(String text) {
    documents.put(id(text), text);
  }

  private void addFolder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".graphql")).sorted().toList()) {
        add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "opendamir.graphql.documents: " + folder + " cannot be read", e);
    }
  }

  static String example(String name) {
    try (InputStream resource = TrustedDocuments.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("missing resource " + name, e);
    }
  }
}
