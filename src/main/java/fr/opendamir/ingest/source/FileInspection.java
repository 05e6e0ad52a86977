package fr.opendamir.ingest.source;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * Recognises a monthly file by its first bytes, its header and its name, or says why it is not one.
 */
final class FileInspection {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern MONTH_IN_NAME =
      Pattern.compile("(?<![0-9])((?:19|20)\\d{2})(\\d{2})(?![0-9])");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path path;

  FileInspection(Path path) {
    this.path = path;
  }

  MonthlyFile inspect() {
    try {
      if (!Files.isRegularFile(path)) {
        throw problem(Files.exists(path) ? "is not a regular file" : "does not exist");
      }
      long size = Files.size(path);
      if (size == 0) {
        throw problem("is empty (0 bytes); download it again");
      }
      byte[] start = firstBytes();
      boolean gzip = start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
      if (!gzip) {
        refuseWebPage(new String(start, StandardCharsets.ISO_8859_1));
        if (path.getFileName().toString().endsWith(".gz")) {
          throw problem("is named .gz but is not a gzip file; download it again");
        }
      }
      return readHeader(gzip, size);
    } catch (NoSuchFileException e) {
      throw new InvalidSourceFileException(path, "does not exist", e);
    } catch (EOFException e) {
      throw new InvalidSourceFileException(
          path, "the gzip stream ends early: the download was cut; download it again", e);
    } catch (ZipException e) {
      throw new InvalidSourceFileException(
          path, "is not a readable gzip file (" + e.getMessage() + "); download it again", e);
    } catch (IOException e) {
      throw new InvalidSourceFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private byte[] firstBytes() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(512);
    }
  }

  /** An expired download token answers an HTML page under the file's name. */
  private void refuseWebPage(String start) {
    String text = start.replace(BYTE_ORDER_MARK, "").stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("<")) {
      throw problem(
          "is a web page, not a monthly file: the download link had probably expired; "
              + "open the download page again and take a new link");
    }
  }

  private MonthlyFile readHeader(boolean gzip, long size) throws IOException {
    MonthlyFile unread =
        new MonthlyFile(path, gzip, size, List.of(), true, false, Optional.empty());
    String line = firstLine(unread);
    boolean windows = line.endsWith("\r");
    String text = line.strip();
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    refuseWebPage(text);
    boolean trailing = text.endsWith(";");
    List<String> names =
        new ArrayList<>(
            Arrays.asList((trailing ? text.substring(0, text.length() - 1) : text).split(";", -1)));
    names.replaceAll(String::strip);
    checkHeader(names);
    return new MonthlyFile(path, gzip, size, names, trailing, windows, monthInName());
  }

  private String firstLine(MonthlyFile file) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (InputStream in = file.open()) {
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0 || line.size() > LONGEST_HEADER) {
          break;
        }
        line.write(b);
      }
    }
    if (line.size() == 0) {
      throw problem("holds no header line; a monthly file starts with its column names");
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private void checkHeader(List<String> names) {
    if (names.size() == 1) {
      throw problem(wrongSeparator(names.get(0)));
    }
    Set<String> seen = new HashSet<>();
    Set<String> folded = new HashSet<>(); // the analytical database does not tell case apart
    for (String name : names) {
      if (!seen.add(name) || !folded.add(name.toUpperCase(Locale.ROOT))) {
        throw problem("the header names column " + printable(name) + " twice");
      }
    }
    if (seen.contains("BEN_RES_ZEAT")) {
      throw problem(
          "is a file of 2009-2014 with the nine ZEAT zones; only files since January 2015, "
              + "with regions (BEN_RES_REG), can be imported");
    }
    List<String> missing =
        RequiredColumns.ALL.stream().map(Enum::name).filter(name -> !seen.contains(name)).toList();
    if (missing.size() > RequiredColumns.ALL.size() / 2) {
      throw problem(
          "is not a monthly Open DAMIR file: its first line is not the header FLX_ANN_MOI;ORG_CLE_REG;…");
    }
    if (!missing.isEmpty()) {
      throw problem(
          "lacks the required column"
              + (missing.size() > 1 ? "s " : " ")
              + String.join(", ", missing));
    }
  }

  private static String wrongSeparator(String header) {
    for (String separator : List.of(",", "\t", "|")) {
      if (header.split(Pattern.quote(separator), -1).length > 10) {
        return "columns are separated by "
            + (separator.equals("\t") ? "tabs" : "'" + separator + "'")
            + " instead of ';'; import the file as the producer publishes it";
      }
    }
    return "is not a monthly Open DAMIR file: its first line is not the header FLX_ANN_MOI;ORG_CLE_REG;…";
  }

  private Optional<YearMonth> monthInName() {
    Matcher matcher = MONTH_IN_NAME.matcher(path.getFileName().toString());
    while (matcher.find()) {
      int month = Integer.parseInt(matcher.group(2));
      if (month >= 1 && month <= 12) {
        return Optional.of(YearMonth.of(Integer.parseInt(matcher.group(1)), month));
      }
    }
    return Optional.empty();
  }

  static String printable(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  private InvalidSourceFileException problem(String text) {
    return new InvalidSourceFileException(path, text);
  }
}
