package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Level;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A code of a level; its label is a field with an argument, in {@code LabelFields}. */
@Type("Code")
@Description("A code of a dimension, with its label")
public final class Code {
  private final Level level;
  private final String code;

  public Code(Level level, String code) {
    this.level = level;
    this.code = code;
  }

  @NonNull
  @Description(
      "The code, as filters take it. ND is not disclosed, NR not filled in, _T a total, G:… a group"
          + " of which the detail is not disclosed.")
  public String getCode() {
    return code;
  }

  /** Whose code it is; no field of the schema. */
  public Level level() {
    return level;
  }
}
