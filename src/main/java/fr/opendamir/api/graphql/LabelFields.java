package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.Code;
import fr.opendamir.api.graphql.schema.DimensionCode;
import fr.opendamir.api.graphql.schema.DimensionFields;
import fr.opendamir.api.graphql.schema.LabelLanguage;
import fr.opendamir.api.graphql.schema.MeasureFields;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.LabelSearch;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.CodeLists;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionException;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Source;

/** The fields that have arguments: texts in a language, codes that match a search. */
@GraphQLApi
@NonBlocking
public class LabelFields {
  private static final String LANGUAGE = "The language; that of the request where absent";

  /** Bytes of an answer that take as long as a search in no codes, or its refusal. */
  private static final long SEARCH = 2_000;

  /** Characters that are compared with a code while a byte of an answer is written. */
  private static final int CHARACTERS_PER_BYTE = 8;

  private final Catalog catalog;
  private final CodeLists codes;

  LabelFields(Catalog catalog, CodeLists codes) {
    this.catalog = catalog;
    this.codes = codes;
  }

  @NonNull
  @Name("label")
  @Description(
      "What the code stands for; a label without a translation is French and ends with [fr]")
  public String label(
      @Source Code code, @Name("lang") @Description(LANGUAGE) LabelLanguage lang, Context context) {
    return in(lang, catalog.label(code.level(), code.getCode()), context);
  }

  @NonNull
  @Name("label")
  @Description(
      "What the code stands for; a label without a translation is French and ends with [fr]")
  public String label(
      @Source DimensionCode code,
      @Name("lang") @Description(LANGUAGE) LabelLanguage lang,
      Context context) {
    return in(lang, code.entry().label(), context);
  }

  @NonNull
  @Name("label")
  @Description("The name of the dimension")
  public String label(
      @Source DimensionFields dimension,
      @Name("lang") @Description(LANGUAGE) LabelLanguage lang,
      Context context) {
    return in(lang, dimension.texts().label(), context);
  }

  @NonNull
  @Name("description")
  @Description("What the dimension means, and what to be careful about")
  public String description(
      @Source DimensionFields dimension,
      @Name("lang") @Description(LANGUAGE) LabelLanguage lang,
      Context context) {
    return in(lang, dimension.texts().description(), context);
  }

  @NonNull
  @Name("label")
  @Description("The name of the measure")
  public String label(
      @Source MeasureFields measure,
      @Name("lang") @Description(LANGUAGE) LabelLanguage lang,
      Context context) {
    return in(lang, measure.texts().label(), context);
  }

  @NonNull
  @Name("description")
  @Description("What the measure means, and what to be careful about")
  public String description(
      @Source MeasureFields measure,
      @Name("lang") @Description(LANGUAGE) LabelLanguage lang,
      Context context) {
    return in(lang, measure.texts().description(), context);
  }

  @NonNull
  @Name("codes")
  @Description("Its codes, reserved ones last; periods are those published")
  public Uni<List<@NonNull DimensionCode>> codes(
      @Source DimensionFields dimension,
      @Name("search")
          @Description(
              "Words of the label or code, or synonyms, in either language; case, accents, plural"
                  + " and order do not matter")
          String search,
      Context context) {
    Asked asked = Asked.of(context);
    return Uni.createFrom()
        .completionStage(() -> asked.pay(weight(dimension.level(), search)))
        .invoke(() -> LabelSearch.refusal(search).ifPresent(LabelFields::refuse))
        .chain(() -> codes.find(dimension.level(), search, asked.served().newest()))
        .map(
            found ->
                found.stream()
                    .map(entry -> new DimensionCode(dimension.level(), entry, catalog))
                    .toList());
  }

  /** What a search takes, found or refused, in bytes of an answer: every word with every code. */
  private long weight(Level level, String search) {
    return search == null
        ? 0
        : SEARCH
            + (long) Math.min(LabelSearch.LONGEST, search.length())
                * catalog.codes(level).size()
                / CHARACTERS_PER_BYTE;
  }

  private static void refuse(Label why) {
    throw new QuestionException(
        QuestionException.Reason.MALFORMED,
        List.of(new QuestionError("search", "malformed_value", why, List.of())));
  }

  private static String in(LabelLanguage asked, Label label, Context context) {
    return label.in(asked == null ? Asked.of(context).problems().language() : asked.language());
  }
}
