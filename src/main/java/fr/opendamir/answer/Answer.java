package fr.opendamir.answer;

/** The answer to a request: bytes, or "not modified". */
public sealed interface Answer permits EncodedAnswer, Answer.NotModified {
  /** The client already has the answer. */
  record NotModified(AnswerKey key) implements Answer {}
}
