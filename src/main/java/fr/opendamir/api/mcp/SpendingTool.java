package fr.opendamir.api.mcp;

import fr.opendamir.answer.AnswerKey;
import fr.opendamir.answer.AnswerService;
import fr.opendamir.answer.EncodedAnswer;
import fr.opendamir.answer.EntityTag;
import fr.opendamir.answer.Work;
import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Figures;
import fr.opendamir.query.QuestionBinder;
import fr.opendamir.question.Question;
import fr.opendamir.question.QuestionText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Answers questions through the pipeline of all doors: same figures, price, cache and queue. */
@ApplicationScoped
class SpendingTool implements Tool {
  /** Must be raised whenever the same question gets different bytes. */
  private static final String REPRESENTATION = "mcp-2";

  private final QuestionBinder binder;
  private final Figures figures;
  private final AnswerService answers;
  private final SpendingAnswer writer;

  SpendingTool(
      QuestionBinder binder, Figures figures, AnswerService answers, SpendingAnswer writer) {
    this.binder = binder;
    this.figures = figures;
    this.answers = answers;
    this.writer = writer;
  }

  @Override
  public String name() {
    return "spending";
  }

  @Override
  public Uni<byte[]> call(ToolCall call) {
    Question question = SpendingQuestion.of(call);
    return binder
        .untilServed(() -> binder.bind(question).chain(bound -> answer(bound, call)))
        .map(answer -> answer.body(false));
  }

  private Uni<EncodedAnswer> answer(BoundQuestion bound, ToolCall call) {
    AnswerKey key = key(bound);
    return answers
        .answer(
            call.request(),
            key,
            () ->
                Work.of(
                    bound, figures, result -> Uni.createFrom().item(() -> encoded(key, result))))
        .map(EncodedAnswer.class::cast); // never "not modified": the request has no condition
  }

  private EncodedAnswer encoded(AnswerKey key, AggregateResult result) {
    return EncodedAnswer.of(key.tag(), List.of(), writer.write(result), result.units());
  }

  private static AnswerKey key(BoundQuestion bound) {
    String tag =
        EntityTag.of(
            REPRESENTATION,
            bound.release().id(),
            String.join(",", bound.release().references()),
            QuestionText.query(bound.query()),
            String.valueOf(bound.query().offset()));
    return new AnswerKey(tag, List.of());
  }
}
