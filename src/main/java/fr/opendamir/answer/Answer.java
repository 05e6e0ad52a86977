package fr.opendamir.answer;

/** What a request gets: bytes, or that those it has are still right. */
public sealed interface Answer permits EncodedAnswer, Answer.NotModified {
  /** The client has the answer already. */
  record NotModified(AnswerKey key) implements Answer {}
}
