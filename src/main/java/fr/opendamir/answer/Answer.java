package fr.opendamir.answer;

/** The answer to a request: bytes, or "not modified". */
public sealed interface Answer permits EncodedAnswer, Answer.NotModified {
  /** Whether the answer has a content coding for clients that accept one. */
  boolean isCompressible();

  /** The client already has the answer. */
  record NotModified(AnswerKey key) implements Answer {
    @Override
    public boolean isCompressible() {
      return key.isCompressible();
    }
  }
}
