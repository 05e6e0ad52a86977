package fr.opendamir.api.rest;

import fr.opendamir.api.rest.DimensionResource.CodeBody;
import fr.opendamir.catalog.Level;
import fr.opendamir.format.AnswerFormat;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Column;
import fr.opendamir.table.ColumnType;
import fr.opendamir.table.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a code list as a table: one row per code, with the JSON members as columns, including the
 * coarser codes of a service or exemption.
 */
final class CodeTable {
  private CodeTable() {}

  /**
   * Writes the table.
   *
   * @param hasVintages whether codes of the level are not always in use
   */
  static byte[] write(AnswerFormat format, Level level, boolean hasVintages, List<CodeBody> codes) {
    Map<String, Function<CodeBody, String>> members = members(level, hasVintages);
    List<Column> columns = new ArrayList<>();
    members
        .keySet()
        .forEach(name -> columns.add(new Column(name, ColumnType.CODE, columns.size())));
    List<Row> rows = new ArrayList<>();
    for (CodeBody code : codes) {
      List<String> cells = new ArrayList<>(); // elements may be null
      members.values().forEach(member -> cells.add(member.apply(code)));
      rows.add(new Row(cells, List.of(), false));
    }
    return format.write(new AnswerTable(columns, List.of(), List.of(), Optional.empty()), rows);
  }

  private static Map<String, Function<CodeBody, String>> members(Level level, boolean hasVintages) {
    Map<String, Function<CodeBody, String>> members = new LinkedHashMap<>();
    members.put("code", CodeBody::code);
    members.put("label", CodeBody::label);
    members.put("label_fr", CodeBody::labelFr);
    members.put("label_en", CodeBody::labelEn);
    if (hasVintages) {
      members.put("valid_from", CodeBody::validFrom);
      members.put("valid_to", CodeBody::validTo);
    }
    for (Level coarser : DimensionResource.coarserInLists(level)) {
      members.put(coarser.id(), code -> code.coarser().get(coarser.id()));
    }
    return members;
  }
}
