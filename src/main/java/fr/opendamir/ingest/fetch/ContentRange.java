package fr.opendamir.ingest.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file an answer holds.
 *
 * @param first index of its first byte
 * @param total bytes of the file; empty if the server does not know
 */
record ContentRange(long first, OptionalLong total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:(\\d{1,18})|\\*)");

  static ContentRange of(HttpResponse<?> response) throws IOException {
    Matcher range = FORM.matcher(response.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches()) {
      throw new IOException("the server sends a part of the file and does not say which");
    }
    return new ContentRange(
        Long.parseLong(range.group(1)),
        range.group(2) == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(range.group(2))));
  }
}
