package fr.opendamir.api.graphql;

import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.Measure;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseMonth;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The fields of releases and their months. */
final class ReleaseTypes {
  private ReleaseTypes() {}

  /** The share of a measure whose code is not disclosed at a level; null if unknown. */
  record NotDisclosed(Level level, Measure measure, BigDecimal share) {
    static List<NotDisclosed> listOf(Map<Level, Map<SourceMeasure, BigDecimal>> shares) {
      List<NotDisclosed> list = new ArrayList<>();
      shares.forEach(
          (level, ofLevel) ->
              ofLevel.forEach(
                  (measure, share) -> list.add(new NotDisclosed(level, named(measure), share))));
      return list;
    }
  }

  /** The sum of a measure over all lines of a file. */
  private record SourceTotal(Measure measure, BigDecimal value) {
    static List<SourceTotal> listOf(ReleaseMonth month) {
      return Arrays.stream(SourceMeasure.values())
          .map(
              measure ->
                  new SourceTotal(
                      named(measure),
                      BigDecimal.valueOf(month.totals().get(measure), measure.isAmount() ? 2 : 0)))
          .toList();
    }
  }

  /** A source measure by its name in the schema. */
  private static Measure named(SourceMeasure measure) {
    return Measure.valueOf(measure.name());
  }

  static Attribution attribution(Release release, DataFetchingEnvironment environment) {
    return Attribution.of(release, Asked.of(environment).problems().language());
  }

  static void addTo(Fetchers fetchers) {
    fetchers
        .type("Release", Release.class)
        .field("id", Release::id)
        .field("publishedAt", release -> release.publishedAt().toString())
        .field("synthetic", Release::isSynthetic)
        .field("policy", Release::policyId)
        .field("smallestBlock", Release::smallestBlock)
        .field("references", Release::references)
        .field("notDisclosed", release -> NotDisclosed.listOf(release.notDisclosedShares()))
        .field("months", Release::months)
        .field("attribution", ReleaseTypes::attribution);
    fetchers
        .type("ReleaseMonth", ReleaseMonth.class)
        .field("month", stored -> stored.month().toString())
        .field("sourceFile", ReleaseMonth::fileName)
        .field("sourceSha256", ReleaseMonth::sha256)
        .field("synthetic", ReleaseMonth::synthetic)
        .field("revisions", ReleaseMonth::revisions)
        .field("acceptedLoss", ReleaseMonth::acceptedLoss)
        .field("lines", ReleaseMonth::lines)
        .field("blocks", ReleaseMonth::blocks)
        .field("smallestBlock", ReleaseMonth::smallestBlock)
        .field("totals", SourceTotal::listOf)
        .field("notDisclosed", stored -> NotDisclosed.listOf(stored.notDisclosedShares()));
    fetchers
        .type("SourceTotal", SourceTotal.class)
        .field("measure", SourceTotal::measure)
        .field("value", SourceTotal::value);
    fetchers
        .type("NotDisclosed", NotDisclosed.class)
        .field("dimension", NotDisclosed::level)
        .field("measure", NotDisclosed::measure)
        .field("share", NotDisclosed::share);
    fetchers
        .type("Attribution", Attribution.class)
        .field("source", Attribution::source)
        .field("licence", Attribution::licence)
        .field("lastUpdate", Attribution::lastUpdate);
  }
}
