package fr.opendamir.api.pages;

import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseMonth;
import java.text.NumberFormat;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The reimbursed amounts of the months of a release as columns from zero, drawn on the server: the
 * totals are known without a question, and the chart needs no script.
 */
final class MonthChart {
  private static final Label TITLE =
      new Label(
          "Montants remboursés par mois de traitement", "Amounts reimbursed by processing month");
  private static final Label SOURCE =
      new Label(
          "En millions d'euros, part légale. Version %s. Licence Ouverte.",
          "In millions of euros, legal share. Release %s. Licence Ouverte.");

  /** Months that are drawn; more would be thinner than the gaps between them. */
  private static final int MOST = 36;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 200;
  private static final int TOP = 24;
  private static final int BOTTOM = 28;
  private static final double CENTS_PER_MILLION = 100_000_000.0;

  /** Room between labels, in columns of this width in pixels. */
  private static final int LABEL_WIDTH = 64;

  private final Language language;
  private final Locale locale;

  MonthChart(Language language) {
    this.language = language;
    this.locale = language == Language.FR ? Locale.FRANCE : Locale.UK;
  }

  /** The chart as HTML. */
  String of(Release release) {
    List<ReleaseMonth> all = release.months();
    List<ReleaseMonth> months = all.subList(Math.max(0, all.size() - MOST), all.size());
    String title = TITLE.in(language);
    return """
        <figure class="release-chart">
        <figcaption><h2>%s</h2></figcaption>
        <svg class="chart" role="img" aria-label="%s" viewBox="0 0 %d %d">
        %s<line class="baseline" x1="0" x2="%d" y1="%d" y2="%d"/>
        </svg>
        <p class="small">%s</p>
        </figure>
        """
        .formatted(
            title,
            PageTemplate.escaped(title + described(months)),
            WIDTH,
            HEIGHT,
            columns(months),
            WIDTH,
            HEIGHT - BOTTOM,
            HEIGHT - BOTTOM,
            SOURCE.in(language).formatted(PageTemplate.escaped(release.id())));
  }

  private String described(List<ReleaseMonth> months) {
    ReleaseMonth last = months.get(months.size() - 1);
    return " – %s : %s".formatted(name(last.month(), "MMMM yyyy"), millions(last));
  }

  private String columns(List<ReleaseMonth> months) {
    double step = (double) WIDTH / months.size();
    double width = Math.min(step * 0.72, 96);
    double largest = months.stream().mapToDouble(MonthChart::reimbursed).max().orElse(0);
    int every = (int) Math.ceil(LABEL_WIDTH / step);
    StringBuilder columns = new StringBuilder(256 * months.size());
    for (int i = 0; i < months.size(); i++) {
      ReleaseMonth month = months.get(i);
      double middle = step * (i + 0.5);
      double height =
          largest <= 0 ? 0 : Math.max(0, reimbursed(month) / largest * (HEIGHT - TOP - BOTTOM));
      columns.append(column(month, middle, width, height));
      int left = months.size() - 1 - i;
      if (left % every == 0) {
        // Wider than its column: the last label ends with it, or it would leave the chart.
        boolean isEnd = left == 0 && every > 1;
        double x = isEnd ? middle + width / 2 : middle;
        columns.append(labels(month, x, HEIGHT - BOTTOM - height - 8, isEnd, left == 0));
      }
    }
    return columns.toString();
  }

  private String column(ReleaseMonth month, double middle, double width, double height) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"mark\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>\n",
        middle - width / 2,
        HEIGHT - BOTTOM - height,
        width,
        height,
        name(month.month(), "MMMM yyyy") + " : " + millions(month));
  }

  /** The amount above a column and the month below it. */
  private String labels(ReleaseMonth month, double x, double y, boolean isEnd, boolean isLast) {
    String last = isLast ? " last" : "";
    return text(x, y, isEnd, "value" + last, millions(month))
        + text(x, HEIGHT - 8, isEnd, "tick" + last, name(month.month(), "MMM yyyy"));
  }

  private static String text(double x, double y, boolean isEnd, String look, String content) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        look,
        x,
        y,
        isEnd ? "end" : "middle",
        content);
  }

  private static long reimbursed(ReleaseMonth month) {
    return month.totals().get(SourceMeasure.REIMBURSED);
  }

  private String millions(ReleaseMonth month) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    double amount = reimbursed(month) / CENTS_PER_MILLION;
    format.setMaximumFractionDigits(Math.abs(amount) < 1 ? 4 : amount < 1000 ? 1 : 0);
    return format.format(amount);
  }

  private String name(YearMonth month, String pattern) {
    return month.format(DateTimeFormatter.ofPattern(pattern, locale));
  }
}
