package fr.opendamir.store;

import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Segment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the tables beside {@code control.import} hold about one import. A release of eleven years
 * has some ten thousand such rows, so they are not mapped one by one: the database sends one JSON
 * document an import.
 *
 * @param totals cents or acts of the source lines
 * @param losses absolute cents or acts whose code is not disclosed, by level; without the measures
 *     that the import, by an earlier version, did not sum
 * @param rollups rows by the id of the rollup
 * @param segments those that this version can read
 */
record ImportParts(
    Map<SourceMeasure, Long> totals,
    Map<Level, Map<SourceMeasure, Long>> losses,
    Map<Integer, Long> rollups,
    List<Segment> segments) {
  /** The rows of this query are the id of an import and its document. */
  static final String OF_RELEASE =
      """
      SELECT i.import_id, CAST(json_build_object(
        'totals', (SELECT json_object_agg(t.measure, t.total)
          FROM control.import_total t WHERE t.import_id = i.import_id),
        'losses', (SELECT json_object_agg(l.level, to_json(l))
          FROM control.import_loss l WHERE l.import_id = i.import_id),
        'rollups', (SELECT json_object_agg(r.rollup_id, r.rows)
          FROM control.import_rollup r WHERE r.import_id = i.import_id),
        'segments', (SELECT json_agg(to_json(s))
          FROM figures.segment s WHERE s.import_id = i.import_id)) AS text)
      FROM control.release_import i WHERE i.release_id = ?1
      """;

  /**
   * Reads a document. Levels that this version does not know are left out.
   *
   * @param groupings parsed groupings by id, which all imports share; missing ones are added
   * @throws IllegalArgumentException if a total is of an unknown measure
   */
  static ImportParts parse(String document, Map<String, Optional<Grouping>> groupings) {
    JsonObject parts = new JsonObject(document);
    return new ImportParts(
        totals(object(parts, "totals")),
        losses(object(parts, "losses")),
        rollups(object(parts, "rollups")),
        segments(
            Optional.ofNullable(parts.getJsonArray("segments")).orElseGet(JsonArray::new),
            groupings));
  }

  /** An aggregate of no rows is null. */
  private static JsonObject object(JsonObject parts, String name) {
    return Optional.ofNullable(parts.getJsonObject(name)).orElseGet(JsonObject::new);
  }

  private static Map<SourceMeasure, Long> totals(JsonObject rows) {
    Map<SourceMeasure, Long> totals = new EnumMap<>(SourceMeasure.class);
    for (String name : rows.fieldNames()) {
      totals.put(SourceMeasure.valueOf(name.toUpperCase(Locale.ROOT)), rows.getLong(name));
    }
    return totals;
  }

  private static Map<Level, Map<SourceMeasure, Long>> losses(JsonObject rows) {
    Map<Level, Map<SourceMeasure, Long>> losses = new EnumMap<>(Level.class);
    for (String name : rows.fieldNames()) {
      Level.find(name).ifPresent(level -> losses.put(level, absolute(rows.getJsonObject(name))));
    }
    return losses;
  }

  private static Map<SourceMeasure, Long> absolute(JsonObject row) {
    Map<SourceMeasure, Long> known = new EnumMap<>(SourceMeasure.class);
    for (SourceMeasure measure : SourceMeasure.values()) {
      Long amount = row.getLong(measure.id());
      if (amount != null) {
        known.put(measure, Math.abs(amount));
      }
    }
    return known;
  }

  private static Map<Integer, Long> rollups(JsonObject rows) {
    Map<Integer, Long> rollups = new HashMap<>();
    for (String id : rows.fieldNames()) {
      rollups.put(Integer.valueOf(id), rows.getLong(id));
    }
    return rollups;
  }

  private static List<Segment> segments(JsonArray rows, Map<String, Optional<Grouping>> groupings) {
    List<Segment> segments = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonObject row = rows.getJsonObject(i);
      String levels = row.getString("levels");
      boolean isOfBlocks = levels.equals(SegmentLoading.BLOCKS);
      Optional<Grouping> grouping =
          isOfBlocks ? Optional.empty() : groupings.computeIfAbsent(levels, Grouping::parse);
      if (row.getInteger("format") == SegmentLoading.FORMAT
          && (isOfBlocks || grouping.isPresent())) {
        segments.add(
            new Segment(
                row.getLong("id"),
                grouping,
                row.getString("sha256"),
                row.getLong("bytes"),
                row.getLong("rows")));
      }
    }
    return segments;
  }
}
