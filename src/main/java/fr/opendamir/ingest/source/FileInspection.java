package fr.opendamir.ingest.source;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Recognises a monthly file by its first bytes, header and name, or reports why it is not one. */
final class FileInspection {
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_PACKINGS = 2;
  private static final Pattern MONTH_IN_NAME =
      Pattern.compile("(?<![0-9])((?:19|20)\\d{2})(\\d{2})(?![0-9])");
  static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path path;

  FileInspection(Path path) {
    this.path = path;
  }

  MonthlyFile inspect() {
    try {
      if (!Files.isRegularFile(path)) {
        throw problem(whyNoRegularFile());
      }
      long size = Files.size(path);
      if (size == 0) {
        throw problem("is empty (0 bytes); download it again");
      }
      return readHeader(packings(), size);
    } catch (NoSuchFileException e) {
      throw new InvalidSourceFileException(path, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw new InvalidSourceFileException(path, "cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new InvalidSourceFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private String whyNoRegularFile() {
    if (Files.isDirectory(path)) {
      return "is a folder without any .csv, .csv.gz or .csv.zip file";
    }
    return Files.exists(path) ? "is not a regular file" : "does not exist";
  }

  /** Detects packings by content: browsers may unpack a file and keep its name. */
  private List<Packing> packings() throws IOException {
    List<Packing> packings = new ArrayList<>();
    byte[] start = firstBytes(packings);
    if (FileSignature.isZip(start)) {
      refuseOtherArchives();
      packings.add(Packing.ZIP);
      start = firstBytes(packings);
    }
    while (FileSignature.isGzip(start) && packings.size() < MOST_PACKINGS) {
      packings.add(Packing.GZIP);
      start = firstBytes(packings);
    }
    refuseOtherKinds(start);
    return packings;
  }

  private byte[] firstBytes(List<Packing> packings) throws IOException {
    try (InputStream in = PackedStream.open(path, packings)) {
      return in.readNBytes(FileSignature.LENGTH);
    } catch (IOException e) {
      if (packings.isEmpty()) {
        throw e;
      }
      throw new InvalidSourceFileException(
          path, MonthlyFile.readingProblem(packings, "at its start", e), e);
    }
  }

  private void refuseOtherArchives() throws IOException {
    List<String> names;
    try (ZipFile archive = new ZipFile(path.toFile())) {
      names =
          archive.stream()
              .filter(
                  entry -> !entry.isDirectory() && !PackedStream.isMacOsMetadata(entry.getName()))
              .map(ZipEntry::getName)
              .toList();
    } catch (ZipException e) {
      throw new InvalidSourceFileException(
          path,
          "is a ZIP archive that is cut or damaged (" + e.getMessage() + "); download it again",
          e);
    }
    if (names.size() != 1) {
      throw problem(
          "is a ZIP archive of %d files%s; unpack it and import the .csv file that is right"
              .formatted(
                  names.size(),
                  names.stream()
                      .limit(5)
                      .map(FileInspection::printable)
                      .collect(
                          joining(
                              ", ", names.isEmpty() ? "" : ": ", names.size() > 5 ? ", …" : ""))));
    }
  }

  private void refuseOtherKinds(byte[] start) {
    FileSignature.problem(start)
        .ifPresent(
            what -> {
              throw problem(what);
            });
  }

  private MonthlyFile readHeader(List<Packing> packings, long size) {
    String line;
    try {
      line = firstLine(packings);
    } catch (IOException e) {
      throw new InvalidSourceFileException(
          path, MonthlyFile.readingProblem(packings, "at its start", e), e);
    }
    boolean windows = line.endsWith("\r");
    String text = line.strip();
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    if (text.isBlank()) {
      throw problem("starts with a blank line; a monthly file starts with its column names");
    }
    if (text.indexOf('\r') >= 0) {
      throw problem(
          "its lines end with CR alone, as on old Macintosh computers; convert them with"
              + " tr '\\r' '\\n'");
    }
    List<String> names = new ArrayList<>(Arrays.asList(text.split(";", -1)));
    boolean quoted = names.stream().anyMatch(name -> DialectSample.isQuoted(name.strip()));
    names.replaceAll(FileInspection::bareName);
    // Known columns are matched without case, as the analytical database does.
    SourceLayout layout = SourceLayout.of(names.stream().map(HeaderCheck::upper).toList());
    names.replaceAll(
        name -> layout.find(HeaderCheck.upper(name)).map(SourceColumn::name).orElse(name));
    String last = names.get(names.size() - 1);
    boolean synthetic = names.size() > 1 && HeaderCheck.upper(last).equals(MonthlyFile.SYNTHETIC);
    boolean trailing = synthetic || (names.size() > 1 && last.isEmpty());
    if (trailing) {
      names.remove(names.size() - 1);
    }
    new HeaderCheck(path).require(names);
    return new MonthlyFile(
        path,
        packings,
        size,
        layout,
        names,
        trailing,
        synthetic,
        windows,
        new DialectSample(layout, names, quoted).read(sample(packings)),
        monthInName());
  }

  /**
   * Returns the start of the file, or as much as can be read: the strict reader says what is wrong.
   */
  private byte[] sample(List<Packing> packings) {
    byte[] sample = new byte[DialectSample.LENGTH];
    int length = 0;
    try (InputStream in = PackedStream.open(path, packings)) {
      int read = in.read(sample);
      while (read > 0) {
        length += read;
        read = in.read(sample, length, sample.length - length);
      }
    } catch (IOException e) {
      return Arrays.copyOf(sample, length);
    }
    return Arrays.copyOf(sample, length);
  }

  /** The name of a column without blanks and quotes around it. */
  private static String bareName(String written) {
    String name = written.strip();
    return DialectSample.isQuoted(name) ? name.substring(1, name.length() - 1) : name;
  }

  private String firstLine(List<Packing> packings) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (InputStream in = PackedStream.open(path, packings)) {
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0 || line.size() > LONGEST_HEADER) {
          break;
        }
        line.write(b);
      }
      if (line.size() == 0 && in.read() < 0) {
        throw problem("holds no header line; a monthly file starts with its column names");
      }
    }
    return line.toString(StandardCharsets.UTF_8);
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
