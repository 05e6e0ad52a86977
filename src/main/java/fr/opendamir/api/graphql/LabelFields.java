package fr.opendamir.api.graphql;

import fr.opendamir.api.graphql.schema.Code;
import fr.opendamir.api.graphql.schema.DimensionCode;
import fr.opendamir.api.graphql.schema.DimensionFields;
import fr.opendamir.api.graphql.schema.LabelLanguage;
import fr.opendamir.api.graphql.schema.MeasureFields;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.CodeLists;
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
    return codes
        .find(dimension.level(), search, Asked.of(context).newestRelease())
        .map(
            found ->
                found.stream()
                    .map(entry -> new DimensionCode(dimension.level(), entry, catalog))
                    .toList());
  }

  private static String in(LabelLanguage asked, Label label, Context context) {
    return label.in(asked == null ? Asked.of(context).problems().language() : asked.language());
  }
}
