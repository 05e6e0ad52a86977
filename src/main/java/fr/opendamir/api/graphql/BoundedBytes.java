package fr.opendamir.api.graphql;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import java.io.ByteArrayOutputStream;

/** Output buffer for an answer; fails when the answer exceeds its maximum size. */
final class BoundedBytes extends ByteArrayOutputStream {
  private final int most;

  BoundedBytes(int most) {
    super(4096);
    this.most = most;
  }

  @Override
  public synchronized void write(int one) {
    requireRoom(1);
    super.write(one);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    requireRoom(length);
    super.write(bytes, offset, length);
  }

  private void requireRoom(int length) {
    if (length > most - count) {
      throw new RefusedRequestException(
          ProblemType.DOCUMENT_TOO_COMPLEX,
          "answer_too_large",
          new Label(
              "la réponse dépasse %d octets ; demander moins de champs, d'alias ou de lignes (first)"
                  .formatted(most),
              "the answer has more than %d bytes; ask for fewer fields, aliases or nodes (first)"
                  .formatted(most)));
    }
  }
}
