package fr.opendamir.api.rest;

import fr.opendamir.api.http.DocumentAnswers;
import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.CodeEntry;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import fr.opendamir.query.CodeLists;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The structure of SDMX-CSV answers, for programs that read SDMX. */
@Path("/v1/sdmx")
public class SdmxResource {
  private static final String MEDIA_TYPE = "application/vnd.sdmx.structure+xml";
  private static final String VERSION = ";version=2.1";

  /** The levels that are dimensions; periods of processing are the time dimension. */
  private static final List<Level> LEVELS =
      Arrays.stream(Level.values()).filter(level -> level.dimension() != Dimension.MONTH).toList();

  private final Catalog catalog;
  private final CodeLists codes;
  private final ReleaseCatalog releases;
  private final DocumentAnswers documents;

  SdmxResource(
      Catalog catalog, CodeLists codes, ReleaseCatalog releases, DocumentAnswers documents) {
    this.catalog = catalog;
    this.codes = codes;
    this.releases = releases;
    this.documents = documents;
  }

  /** The document depends on the newest release, whose undocumented codes are in its lists. */
  @GET
  @Path("/structure.xml")
  @Produces(MEDIA_TYPE)
  public Uni<Response> structure(@Context RoutingContext context) {
    return releases
        .latest()
        .map(newest -> newest.map(Release::publishedAt).orElse(Instant.EPOCH))
        .chain(prepared -> lists().chain(lists -> answer(context, prepared, lists)));
  }

  private Uni<Response> answer(
      RoutingContext context, Instant prepared, List<CodeLists.Listed> lists) {
    Supplier<byte[]> document = () -> new SdmxStructure(catalog, prepared).write(byLevel(lists));
    return lists.stream().allMatch(CodeLists.Listed::isComplete)
        ? documents.answer(context, MEDIA_TYPE + VERSION, document, content(prepared, lists))
        : Uni.createFrom().item(() -> incomplete(document.get()));
  }

  private Uni<List<CodeLists.Listed>> lists() {
    return Uni.join()
        .all(LEVELS.stream().map(level -> codes.find(level, null)).toList())
        .usingConcurrencyOf(1)
        .andFailFast();
  }

  private static Map<Level, List<CodeEntry>> byLevel(List<CodeLists.Listed> lists) {
    Map<Level, List<CodeEntry>> byLevel = new LinkedHashMap<>();
    for (int i = 0; i < LEVELS.size(); i++) {
      byLevel.put(LEVELS.get(i), lists.get(i).codes());
    }
    return byLevel;
  }

  private static String[] content(Instant prepared, List<CodeLists.Listed> lists) {
    return Stream.concat(
            Stream.of("sdmx-structure", prepared.toString()),
            lists.stream().map(list -> String.valueOf(list.codes().size())))
        .toArray(String[]::new);
  }

  /** A document without the codes that only the database has: no cache may store it. */
  private static Response incomplete(byte[] document) {
    return Response.ok(document)
        .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE + VERSION)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
