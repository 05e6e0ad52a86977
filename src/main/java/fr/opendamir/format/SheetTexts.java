package fr.opendamir.format;

import fr.opendamir.table.AnswerDescription;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The names and texts of the sheets of a workbook, in the language of the answer. */
final class SheetTexts {
  /** A line of the sheet about the answer; several lines may have the same name. */
  record Line(String name, String text) {}

  private final boolean isFrench;

  SheetTexts(AnswerDescription description) {
    isFrench = "fr".equals(description.query().get("lang"));
  }

  String readMe() {
    return in("Lisez-moi", "Read me");
  }

  String data() {
    return in("Données", "Data");
  }

  String codes() {
    return "Codes";
  }

  /** The header of the sheet of codes: level, code, French and English label. */
  List<String> headerOfCodes() {
    return List.of(in("niveau", "level"), "code", "label_fr", "label_en");
  }

  /** What belongs to the answer as a whole. */
  List<Line> lines(AnswerTable table, AnswerDescription description) {
    List<Line> lines = new ArrayList<>();
    add(lines, in("Titre", "Title"), description.title());
    add(lines, in("Adresse de la question", "Address of the question"), description.links().self());
    addRelease(lines, description);
    add(lines, in("Lignes", "Rows"), String.valueOf(description.page().total()));
    addNotDisclosed(lines, description);
    AnswerDescription.texts("", description.more()).forEach((name, text) -> add(lines, name, text));
    description.warnings().forEach(text -> add(lines, in("Avertissement", "Warning"), text));
    add(lines, "Source", description.attribution().source());
    add(lines, in("Licence", "Licence"), description.attribution().licence());
    add(lines, in("Mise à jour", "Last update"), description.attribution().lastUpdate());
    for (Figure figure : table.figures()) {
      String definition = figure.definition().isEmpty() ? "" : " : " + figure.definition();
      add(lines, figure.id(), figure.title() + " (" + figure.unit() + ")" + definition);
    }
    add(
        lines,
        in("Codes", "Codes"),
        in(
            "ND : non diffusé à ce niveau de détail, mais compté dans tous les totaux ;"
                + " _T : total ; une période est la date de son premier jour",
            "ND: not disclosed in this detail, but in every total; _T: total; a period is the date"
                + " of its first day"));
    add(
        lines,
        "status",
        in(
            "ok ; suppressed : moins de onze actes, chiffres masqués ; no_denominator : pas de"
                + " population à laquelle rapporter ; provisional : période de soins incomplète ;"
                + " empty : aucun montant dans la période ; not_published : mois antérieurs non"
                + " publiés",
            "ok; suppressed: fewer than eleven acts, figures withheld; no_denominator: no"
                + " population to divide by; provisional: period of care not complete yet; empty:"
                + " no figures in the period; not_published: earlier months are not published"));
    return lines;
  }

  private void addRelease(List<Line> lines, AnswerDescription description) {
    description
        .base()
        .ifPresent(base -> add(lines, in("Version soustraite", "Subtracted release"), base.id()));
    if (description.release() != null) {
      AnswerDescription.ReleaseSummary release = description.release();
      add(lines, in("Version", "Release"), release.id());
      add(lines, in("Publiée le", "Published at"), release.publishedAt());
      Object months = description.query().get("months");
      add(
          lines,
          in("Mois", "Months"),
          months instanceof List<?> list ? joined(list) : joined(release.months()));
    }
  }

  private void addNotDisclosed(List<Line> lines, AnswerDescription description) {
    if (description.disclosure() == null || description.disclosure().notDisclosed() == null) {
      return;
    }
    description
        .disclosure()
        .notDisclosed()
        .forEach(
            (level, shares) ->
                shares.forEach(
                    (measure, share) ->
                        add(
                            lines,
                            in("Part ND : ", "Share ND: ") + level + ", " + measure,
                            share(share))));
  }

  private String share(BigDecimal share) {
    return share == null ? in("inconnue", "unknown") : share.toPlainString();
  }

  private static String joined(List<?> values) {
    return String.join(", ", values.stream().map(String::valueOf).toList());
  }

  private static void add(List<Line> lines, String name, String text) {
    lines.add(new Line(name, text));
  }

  private String in(String french, String english) {
    return isFrench ? french : english;
  }
}
