package fr.opendamir.api.mcp;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import fr.opendamir.question.Suggestions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Explains a measure, a level or a problem. */
@ApplicationScoped
class ExplainTool implements Tool {
  private static final String NAME = "name";
  private static final Set<String> KNOWN = Set.of(NAME, ToolCall.LANG);

  private final Explanations explanations;

  ExplainTool(Explanations explanations) {
    this.explanations = explanations;
  }

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public Uni<byte[]> call(ToolCall call) {
    call.requireKnown(KNOWN);
    String name =
        call.text(NAME)
            .orElseThrow(
                () ->
                    ToolCall.refused(
                        NAME,
                        "doit nommer une mesure, un niveau ou un problème",
                        "must name a measure, a level or a problem",
                        List.of("reimbursed")));
    var explained =
        Measure.find(name)
            .map(measure -> explanations.of(measure, call.language()))
            .or(() -> Level.find(name).map(level -> explanations.of(level, call.language())))
            .or(() -> problem(name).map(type -> Explanations.of(type, call.language())))
            .orElseThrow(() -> unknown(name));
    return Uni.createFrom().item(Json.bytes(explained));
  }

  /** A problem by its name, the code of an error, or the end of its address. */
  private static Optional<ProblemType> problem(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return ProblemType.find(last.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static QuestionException unknown(String name) {
    List<String> names =
        Stream.of(
                Arrays.stream(Measure.values()).map(Measure::id),
                Arrays.stream(Level.values()).map(Level::id),
                Arrays.stream(ProblemType.values()).map(ProblemType::slug))
            .flatMap(all -> all)
            .toList();
    String shown = QuestionError.shown(name);
    return ToolCall.refused(
        NAME,
        shown + " n'est ni mesure, ni niveau, ni problème ; describe_data en donne la liste",
        shown + " is not a measure, level or problem; describe_data lists them",
        Suggestions.nearest(name, names));
  }
}
