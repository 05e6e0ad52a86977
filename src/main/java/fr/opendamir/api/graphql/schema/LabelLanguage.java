package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Language;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** The languages of labels. */
@Enum("Language")
@Description("A language of labels")
public enum LabelLanguage {
  @Description("French, the language of the official labels")
  FR(Language.FR),

  @Description("English")
  EN(Language.EN);

  private final Language language;

  LabelLanguage(Language language) {
    this.language = language;
  }

  public Language language() {
    return language;
  }
}
