package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.MeasureDescription;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A measure; its texts are fields with arguments, in {@code LabelFields}. */
@Type("Measure")
@Description("Something that is measured")
public final class MeasureFields {
  private final Measure measure;
  private final MeasureDescription description;

  public MeasureFields(Measure measure, MeasureDescription description) {
    this.measure = measure;
    this.description = description;
  }

  /** Its texts; no field of the schema. */
  public MeasureDescription texts() {
    return description;
  }

  @NonNull
  @Description("Its name as an argument")
  public MeasureName getName() {
    return MeasureName.of(measure);
  }

  @NonNull
  @Description("The field of nodes that stands for it")
  public String getField() {
    return MeasureName.field(measure);
  }

  @NonNull
  @Description("Its name in REST and in files")
  public String getId() {
    return measure.id();
  }

  @Description("The variable of Open DAMIR that it comes from; null where it is calculated")
  public String getDamir() {
    return description.variable().isEmpty() ? null : description.variable();
  }

  @NonNull
  @Description("EUR, acts, ratio or EUR/act")
  public String getUnit() {
    return description.unit();
  }

  @NonNull
  @Description("How it is calculated")
  public String getFormula() {
    return description.formula();
  }

  @Description("Whether it covers care and participations only, and no cash benefits")
  public boolean getCareOnly() {
    return measure.isScopedToCare();
  }
}
