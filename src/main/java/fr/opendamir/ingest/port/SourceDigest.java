package fr.opendamir.ingest.port;

import java.util.Optional;

/**
 * The digest by which a file is recognised when it is imported again. The SHA-256 of a file
 * confirms a guess about its content, so only public files have it; the others have a digest with
 * the secret key of the importer, which is never published.
 *
 * @param hex 64 lower-case hexadecimal digits
 * @param isPublic whether it is the SHA-256 of a public file
 */
public record SourceDigest(String hex, boolean isPublic) {
  public static SourceDigest ofPublic(String sha256) {
    return new SourceDigest(sha256, true);
  }

  public static SourceDigest keyed(String hex) {
    return new SourceDigest(hex, false);
  }

  /** Returns the SHA-256 of a public file; empty for other files. */
  public Optional<String> sha256() {
    return isPublic ? Optional.of(hex) : Optional.empty();
  }
}
