package fr.opendamir.api.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The texts of documents that clients refer to by their hash: trusted documents, and those that
 * clients sent with their hash before.
 *
 * <p>A text is kept only if it has that hash and is a valid document, so that no client changes
 * what another's hash means. What is kept is bounded: a client whose document was dropped is asked
 * for its text again.
 */
@ApplicationScoped
class PersistedDocuments {
  /** Maximum characters of all kept texts, with {@link #OVERHEAD} for each. */
  static final long MOST_CHARACTERS = 1_000_000;

  /** Characters' worth of memory that an entry takes besides its text. */
  private static final int OVERHEAD = 200;

  private final TrustedDocuments trusted;
  private final Cache<String, String> kept =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String hash, String text) -> text.length() + OVERHEAD)
          .executor(Runnable::run)
          .build();

  PersistedDocuments(TrustedDocuments trusted) {
    this.trusted = trusted;
  }

  /**
   * The document text of a request.
   *
   * @throws RefusedRequestException if no text of its id or hash is known, or if only trusted
   *     documents are allowed and this one is not trusted
   */
  String text(GraphqlRequest request) {
    if (request.query().isPresent() || request.documentId().isPresent()) {
      return trusted.text(request);
    }
    String hash = request.persisted().orElseThrow().hash();
    return trusted
        .find(hash)
        .or(() -> Optional.ofNullable(kept.getIfPresent(hash)))
        .orElseThrow(RefusedRequestException::persistedQueryNotFound);
  }

  /** Keeps the text of a valid document that was sent with its hash. */
  void keep(GraphqlRequest request) {
    if (request.query().isPresent() && request.persisted().isPresent()) {
      kept.put(request.persisted().get().hash(), request.query().get());
    }
  }

  /** Characters of all kept texts, with what an entry takes besides. */
  long weight() {
    return kept.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
