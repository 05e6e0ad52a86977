package fr.opendamir.testing;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * LibreOffice as a person has it who opens a workbook by a double click, but without a window: a
 * profile of its own with the settings of a country.
 */
public final class LibreOffice {
  private static final String PROGRAM = "soffice";
  private static final int SECONDS = 90;

  /**
   * Commas, quotes, UTF-8, from the first line; texts in quotes, numbers as numbers and as they are
   * shown; no formulas, blanks as they are; a file for each sheet.
   */
  private static final String SHOWN =
      "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1";

  private static final String SETTINGS =
"""
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>%s</value></prop></item>
</oor:items>
""";

  private final Path folder;
  private final Path profile;

  /**
   * Prepares a profile.
   *
   * @param folder empty; for the profile and for all that is written
   * @param locale with language and country
   */
  public LibreOffice(Path folder, Locale locale) throws IOException {
    this.folder = folder;
    this.profile = folder.resolve("profile");
    Files.writeString(
        Files.createDirectories(profile.resolve("user")).resolve("registrymodifications.xcu"),
        SETTINGS.formatted(locale.toLanguageTag()));
  }

  public static boolean isInstalled() {
    return InstalledPrograms.has(PROGRAM);
  }

  /**
   * Opens workbooks and shows a sheet of each: lines of cells as they are on the screen.
   *
   * @param sheet name of the sheet, the same in all
   */
  public List<List<List<String>>> shown(String sheet, List<byte[]> workbooks)
      throws IOException, InterruptedException {
    Path written = convert(SHOWN, workbooks);
    List<List<List<String>>> tables = new ArrayList<>();
    for (int i = 0; i < workbooks.size(); i++) {
      tables.add(cells(written.resolve(name(i) + "-" + sheet + ".csv")));
    }
    return tables;
  }

  /** Opens workbooks and saves them again. */
  public List<byte[]> saved(List<byte[]> workbooks) throws IOException, InterruptedException {
    Path written = convert("xlsx", workbooks);
    List<byte[]> saved = new ArrayList<>();
    for (int i = 0; i < workbooks.size(); i++) {
      saved.add(Files.readAllBytes(written.resolve(name(i) + ".xlsx")));
    }
    return saved;
  }

  private Path convert(String target, List<byte[]> workbooks)
      throws IOException, InterruptedException {
    Path opened = Files.createTempDirectory(folder, "opened");
    Path written = Files.createTempDirectory(folder, "written");
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM,
                "-env:UserInstallation=" + profile.toUri(),
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                written.toString()));
    for (int i = 0; i < workbooks.size(); i++) {
      Path workbook = opened.resolve(name(i) + ".xlsx");
      Files.write(workbook, workbooks.get(i));
      command.add(workbook.toString());
    }
    Path log = folder.resolve("soffice.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().put("LC_ALL", "C.UTF-8"); // names of files are names of sheets
    Process process = builder.start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException(command + " takes too long: " + Files.readString(log));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + " fails: " + Files.readString(log));
    }
    return written;
  }

  private static String name(int position) {
    return "answer" + position;
  }

  private static List<List<String>> cells(Path csv) throws IOException {
    return new CsvMapper()
        .readerForListOf(String.class)
        .with(CsvParser.Feature.WRAP_AS_ARRAY)
        .<List<String>>readValues(Files.readString(csv))
        .readAll();
  }
}
