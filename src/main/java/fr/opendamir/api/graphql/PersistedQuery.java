package fr.opendamir.api.graphql;

import fr.opendamir.answer.EntityTag;
import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code extensions.persistedQuery} of a request, in the form of Apollo's automatic persisted
 * queries: {@code {"version": 1, "sha256Hash": "<hex>"}}.
 *
 * @param hash SHA-256 of the document's text in UTF-8, in lower-case hex
 */
record PersistedQuery(String hash) {
  private static final String NAME = "persistedQuery";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads the member of a request's extensions; empty if there is none.
   *
   * @throws RefusedRequestException if it has another form or version
   */
  static Optional<PersistedQuery> of(Map<String, Object> extensions) {
    Object sent = extensions.get(NAME);
    if (sent == null) {
      return Optional.empty();
    }
    if (!(sent instanceof Map<?, ?> members)
        || !(members.get("version") instanceof Integer version)
        || !(members.get("sha256Hash") instanceof String hash)
        || !HASH.matcher(hash).matches()) {
      throw refused(
          "malformed_value",
          "extensions.persistedQuery doit avoir version, un nombre, et sha256Hash, 64 chiffres"
              + " hexadécimaux minuscules",
          "extensions.persistedQuery must have version, a number, and sha256Hash, 64 lower-case"
              + " hexadecimal digits");
    }
    if (version != 1) {
      throw refused(
          "unsupported_version",
          "extensions.persistedQuery.version doit être 1",
          "extensions.persistedQuery.version must be 1");
    }
    return Optional.of(new PersistedQuery(hash));
  }

  /**
   * Requires that the hash is that of a text.
   *
   * @throws RefusedRequestException if it is another's
   */
  void requireHashOf(String text) {
    String right = hash(text);
    if (!right.equals(hash)) {
      throw refused(
          "hash_mismatch",
          "sha256Hash n'est pas l'empreinte SHA-256 de query, qui est " + right,
          "sha256Hash is not the SHA-256 of query, which is " + right);
    }
  }

  /** The hash of a document's text. */
  static String hash(String text) {
    return HexFormat.of().formatHex(EntityTag.digest(text));
  }

  private static RefusedRequestException refused(String code, String french, String english) {
    return new RefusedRequestException(
        ProblemType.REQUEST_REFUSED, code, new Label(french, english));
  }
}
