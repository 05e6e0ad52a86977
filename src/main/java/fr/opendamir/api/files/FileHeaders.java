package fr.opendamir.api.files;

import fr.opendamir.answer.AnswerKey;
import fr.opendamir.api.http.CacheHeaders;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The headers of a file.
 *
 * @param isPinned whether the content never changes under the address, because the name has a part
 *     of the tag
 */
record FileHeaders(Release release, ReleaseFile file, boolean isPinned) {
  static final String MEDIA_TYPE = "application/vnd.apache.parquet";

  /** The entity tag: the checksum of the content. */
  String tag() {
    return '"' + file.sha256() + '"';
  }

  /** What preconditions are compared with. */
  AnswerKey key() {
    return new AnswerKey(tag(), CacheHeaders.of(release, isPinned));
  }

  /**
   * The bytes that a request asks for. {@code If-Range} must be the tag: a date is not strong
   * enough, because it is of the release and not of the file.
   */
  ByteRange range(HttpServerRequest request) {
    String condition = request.getHeader("If-Range");
    return condition == null || condition.strip().equals(tag())
        ? ByteRange.of(request.headers().getAll("Range"), file.bytes())
        : new ByteRange(200, 0, file.bytes());
  }

  /** Sets the headers that 200, 206 and 304 share. */
  void set(MultiMap headers) {
    headers.set(HttpHeaders.ETAG, tag());
    key().caching().forEach(header -> headers.set(header.getKey(), header.getValue()));
    headers.set("Accept-Ranges", "bytes");
  }

  /** Sets the headers of a body, and of the answer to HEAD. */
  void set(MultiMap headers, ByteRange range) {
    set(headers);
    headers.set(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
    headers.set(
        "Content-Disposition", "attachment; filename=\"open-damir-%s\"".formatted(file.name()));
    headers.set(
        "Repr-Digest",
        "sha-256=:%s:"
            .formatted(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha256()))));
    headers.set("X-Release", release.id());
    // Otherwise the server would compress the body; it leaves the header out.
    headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    if (range.isPart()) {
      headers.set("Content-Range", range.contentRange(file.bytes()));
    }
  }
}
