package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Level;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A code of a code list; its label is a field with an argument, in {@code LabelFields}. */
@Type("DimensionCode")
@Description("A code of a dimension, and the groups it belongs to")
public final class DimensionCode {
  private final Level level;
  private final CodeEntry entry;
  private final Catalog catalog;

  public DimensionCode(Level level, CodeEntry entry, Catalog catalog) {
    this.level = level;
    this.entry = entry;
    this.catalog = catalog;
  }

  /** The code with its labels; no field of the schema. */
  public CodeEntry entry() {
    return entry;
  }

  @NonNull
  @Description("The code, as filters take it")
  public String getCode() {
    return entry.code();
  }

  @Description("The group of a service; null for codes of other dimensions")
  public Code getServiceGroup() {
    return coarser(Level.SERVICE_CODE, Level.SERVICE_GROUP);
  }

  @Description("The kind of a service; null for codes of other dimensions")
  public Code getServiceKind() {
    return coarser(Level.SERVICE_CODE, Level.SERVICE_KIND);
  }

  @Description("The group of a reason for exemption; null for codes of other dimensions")
  public Code getExemptionGroup() {
    return coarser(Level.EXEMPTION_REASON, Level.EXEMPTION_GROUP);
  }

  private Code coarser(Level finest, Level coarser) {
    return level == finest ? new Code(coarser, catalog.coarser(coarser, entry.code())) : null;
  }
}
