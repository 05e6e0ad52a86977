package fr.opendamir.api.graphql.schema;

import fr.opendamir.api.http.Attribution;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What the licence of the data asks every reuser to name. */
@Type("Attribution")
@Description("What the licence of the data asks every reuser to name")
public final class AttributionFields {
  private final Attribution attribution;

  AttributionFields(Attribution attribution) {
    this.attribution = attribution;
  }

  @NonNull
  @Description("Who published the data")
  public String getSource() {
    return attribution.source();
  }

  @NonNull
  @Description("The licence of the data")
  public String getLicence() {
    return attribution.licence();
  }

  @NonNull
  @Description("When the release was published, in UTC (ISO 8601)")
  public String getLastUpdate() {
    return attribution.lastUpdate();
  }
}
