package fr.opendamir.api.graphql.schema;

import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.query.AggregateResult;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The answer to a question: a page of nodes, and what a reader must know of them. */
@Type("Spending")
@Description("A page of nodes, and what a reader must know of them")
public final class Spending {
  private final AggregateResult result;

  public Spending(AggregateResult result) {
    this.result = result;
  }

  /** The answer itself; no field of the schema. */
  public AggregateResult result() {
    return result;
  }

  @Description("How many nodes there are in all, on this page and others")
  public int getTotalCount() {
    return Math.toIntExact(result.total());
  }

  @NonNull
  @Description("The nodes of this page, in the order asked for, then by their codes")
  public List<@NonNull SpendingNode> getNodes() {
    return result.rows().stream().map(row -> new SpendingNode(result.query(), row)).toList();
  }

  @NonNull
  @Description("Where this page is among all nodes")
  public PageInfo getPageInfo() {
    return new PageInfo(result);
  }

  @NonNull
  @Description("The release that the figures come from")
  public ReleaseFields getRelease() {
    return new ReleaseFields(result.release(), result.query().language());
  }

  @NonNull
  @Description("The months of the release that the question is about")
  public List<@NonNull String> getMonths() {
    return result.months().stream().map(YearMonth::toString).toList();
  }

  @NonNull
  @Description("How figures are protected, and what that costs this answer")
  public Disclosure getDisclosure() {
    return new Disclosure(result);
  }

  @NonNull
  @Description("What a reader must know to read the figures rightly")
  public List<@NonNull String> getWarnings() {
    return result.warnings().stream()
        .map(warning -> warning.in(AddressTerms.INSTANCE).in(result.query().language()))
        .toList();
  }

  @NonNull
  @Description("What the licence of the data asks every reuser to name")
  public AttributionFields getAttribution() {
    return new AttributionFields(Attribution.of(result.release(), result.query().language()));
  }
}
