package fr.opendamir.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import fr.opendamir.api.http.Attribution;
import fr.opendamir.catalog.Grouping;
import fr.opendamir.catalog.Label;
import fr.opendamir.catalog.Language;
import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import fr.opendamir.query.ReleaseMonth;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The files of a release as a Data Package (version 2).
 *
 * @param base the address of the service, without a slash at its end; empty if it is unknown
 */
record FilePackage(ReleaseFiles files, Language language, String base) {
  private static final String PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json";

  private static final Label TITLE =
      new Label(
          "Open DAMIR : agrégats anonymisés, version %s",
          "Open DAMIR: anonymised aggregates, release %s");

  private static final Label DESCRIPTION =
      new Label(
          "Tous les blocs publiés, un fichier par import ; la somme des lignes est exacte. Les"
              + " montants sont en centimes. Un bloc réunit au moins 11 contributeurs ; ND est le"
              + " détail non diffusé. Une cellule dont la quantité nette est comprise entre 1 et 10"
              + " n'est pas à montrer.",
          "All published blocks, a file for each import; rows add up exactly. Amounts are in cents."
              + " A block has at least 11 contributors; ND is detail that is not disclosed. A cell"
              + " whose net quantity is between 1 and 10 is not to be shown.");

  /** A column. */
  @Schema(
      name = "FileField",
      requiredProperties = {"name", "type"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FieldBody(
      String name,
      @Schema(enumeration = {"string", "integer"}) String type,
      @Schema(enumeration = {"cent", "act"}) String unit) {}

  /** The columns, in order. */
  @Schema(name = "FileSchema")
  public record SchemaBody(List<FieldBody> fields) {}

  /** The file of the insurance that a month was made of; the checksum is null if not public. */
  @Schema(name = "FileSource")
  public record SourceBody(String title, long bytes, @Schema(nullable = true) String sha256) {}

  /**
   * A file. The path is relative to datapackage.json, the address to the service. Totals are euros
   * (acts for the quantity) over all rows.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      name = "FileResource",
      requiredProperties = {
        "name",
        "kind",
        "path",
        "href",
        "format",
        "mediatype",
        "bytes",
        "hash",
        "rows",
        "schema"
      })
  public record FileBody(
      String name,
      @Schema(enumeration = {"blocks", "cube", "codes"}) String kind,
      String path,
      String href,
      String format,
      String mediatype,
      long bytes,
      String hash,
      long rows,
      String month,
      Integer revision,
      String policy,
      List<SourceBody> sources,
      Map<String, BigDecimal> totals,
      SchemaBody schema) {}

  /** A licence. */
  @Schema(name = "FileLicence")
  public record LicenceBody(String title, String path) {}

  /** Where the data come from. */
  @Schema(name = "PackageSource")
  public record PackageSourceBody(String title) {}

  /** Expressions that read all files of a kind in DuckDB. */
  @Schema(name = "DuckDbExpressions")
  public record DuckDbBody(String blocks, String cube, String codes) {}

  /** The files of a release. */
  @JsonNaming(SnakeCaseStrategy.class)
  @Schema(name = "DataPackage")
  public record PackageBody(
      @JsonProperty("$schema") String profile,
      String name,
      String title,
      String description,
      String version,
      String created,
      boolean synthetic,
      String policy,
      List<LicenceBody> licenses,
      List<PackageSourceBody> sources,
      Map<String, BigDecimal> totals,
      DuckDbBody duckdb,
      List<FileBody> resources,
      Map<String, String> links) {}

  /** The address of the list of files of a release. */
  static String address(Release release) {
    return "/v1/releases/" + release.id() + "/files";
  }

  /** The address of a file. */
  static String address(Release release, ReleaseFile file) {
    return address(release) + "/" + file.name();
  }

  PackageBody body() {
    Release release = files.release();
    Attribution attribution = Attribution.of(release, language);
    Map<String, ReleaseMonth> months =
        release.months().stream()
            .collect(Collectors.toMap(month -> month.month().toString(), month -> month));
    Map<SourceMeasure, Long> totals =
        files.files().stream()
            .filter(file -> file.kind() == ReleaseFile.Kind.CUBE)
            .findFirst()
            .map(ReleaseFile::totals)
            .orElse(Map.of());
    return new PackageBody(
        PROFILE,
        "open-damir-" + release.id(),
        TITLE.in(language).formatted(release.id()),
        DESCRIPTION.in(language),
        release.id(),
        release.publishedAt().toString(),
        release.isSynthetic(),
        release.policyId(),
        List.of(new LicenceBody(attribution.licence(), Attribution.LICENCE)),
        List.of(new PackageSourceBody(attribution.source())),
        amounts(totals),
        new DuckDbBody(
            read(ReleaseFile.Kind.BLOCKS),
            read(ReleaseFile.Kind.CUBE),
            read(ReleaseFile.Kind.CODES)),
        files.files().stream()
            .map(file -> body(file, file.month().map(m -> months.get(m.toString())).orElse(null)))
            .toList(),
        links(release));
  }

  private static Map<String, String> links(Release release) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", address(release));
    links.put("datapackage", address(release) + "/datapackage.json");
    links.put("release", "/v1/releases/" + release.id());
    links.put("methodology", "/v1/disclosure/methodology");
    return links;
  }

  private String read(ReleaseFile.Kind kind) {
    return files.files().stream()
        .filter(file -> file.kind() == kind)
        .map(file -> "'" + base + address(files.release(), file) + "'")
        .collect(Collectors.joining(", ", "read_parquet([", "])"));
  }

  private FileBody body(ReleaseFile file, ReleaseMonth month) {
    return new FileBody(
        file.resource(),
        file.kind().name().toLowerCase(Locale.ROOT),
        file.name(),
        address(files.release(), file),
        "parquet",
        "application/vnd.apache.parquet",
        file.bytes(),
        "sha256:" + file.sha256(),
        file.rows(),
        month == null ? null : month.month().toString(),
        month == null ? null : file.revision(),
        month == null ? null : month.policyId(),
        month == null
            ? null
            : List.of(new SourceBody(month.fileName(), month.fileBytes(), month.sha256())),
        file.totals().isEmpty() ? null : amounts(file.totals()),
        new SchemaBody(fields(file.kind())));
  }

  private static List<FieldBody> fields(ReleaseFile.Kind kind) {
    return switch (kind) {
      case BLOCKS -> fields(Grouping.possibleLevels().stream().map(Level::id));
      case CUBE -> fields(ReleaseFile.CUBE_LEVELS.stream().map(Level::id));
      case CODES -> ReleaseFile.CODE_COLUMNS.stream().map(FilePackage::text).toList();
    };
  }

  private static List<FieldBody> fields(Stream<String> levels) {
    return Stream.of(
            Stream.of("month").map(FilePackage::text),
            levels.map(FilePackage::text),
            Arrays.stream(SourceMeasure.values())
                .map(
                    measure ->
                        new FieldBody(
                            measure.id(), "integer", measure.isAmount() ? "cent" : "act")))
        .flatMap(fields -> fields)
        .toList();
  }

  private static FieldBody text(String name) {
    return new FieldBody(name, "string", null);
  }

  private static Map<String, BigDecimal> amounts(Map<SourceMeasure, Long> totals) {
    Map<String, BigDecimal> amounts = new LinkedHashMap<>();
    for (SourceMeasure measure : SourceMeasure.values()) {
      if (totals.containsKey(measure)) {
        amounts.put(measure.id(), BigDecimal.valueOf(totals.get(measure), measure.decimals()));
      }
    }
    return amounts;
  }
}
