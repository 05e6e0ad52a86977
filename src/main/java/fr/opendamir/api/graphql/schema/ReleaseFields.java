package fr.opendamir.api.graphql.schema;

import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Language;
import fr.opendamir.query.Release;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A release. */
@Type("Release")
@Description("What is served at one time; its figures never change")
public final class ReleaseFields {
  private final Release release;
  private final Language language;

  public ReleaseFields(Release release, Language language) {
    this.release = release;
    this.language = language;
  }

  @NonNull
  @Description("The name of the release, as the argument release takes it")
  public String getId() {
    return release.id();
  }

  @NonNull
  @Description("When it was published, in UTC (ISO 8601)")
  public String getPublishedAt() {
    return release.publishedAt().toString();
  }

  @Description("Whether its figures are made up")
  public boolean getSynthetic() {
    return release.isSynthetic();
  }

  @NonNull
  @Description("The policy by which its blocks were made")
  public String getPolicy() {
    return release.policyId();
  }

  @Description("Contributors of its smallest block")
  public int getSmallestBlock() {
    return Math.toIntExact(release.smallestBlock());
  }

  @NonNull
  @Description("By dimension, the share of the amount charged whose code is not disclosed")
  public List<@NonNull NotDisclosed> getNotDisclosed() {
    return NotDisclosed.listOf(release.notDisclosedShares());
  }

  @NonNull
  @Description("Its months, oldest first, with the files they come from")
  public List<@NonNull ReleaseMonthFields> getMonths() {
    return release.months().stream().map(ReleaseMonthFields::new).toList();
  }

  @NonNull
  @Description("What the licence of the data asks every reuser to name")
  public AttributionFields getAttribution() {
    return new AttributionFields(Attribution.of(release, language));
  }
}
