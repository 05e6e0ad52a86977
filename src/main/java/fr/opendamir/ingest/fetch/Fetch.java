package fr.opendamir.ingest.fetch;

import fr.opendamir.ingest.fetch.FetchedFile.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Gets files, one after the other over one connection. What is there already is not asked for
 * again; what was interrupted goes on where it was.
 */
public final class Fetch {
  private static final Pattern FILE_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.(csv|gz|zip)", Pattern.CASE_INSENSITIVE);

  private final FetchSettings settings;
  private final FetchProgress progress;
  private final Clock clock;
  private final Web web;
  private final ProducerPages pages;

  public Fetch(FetchSettings settings, FetchProgress progress, Clock clock) {
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
    this.web = new Web(settings);
    this.pages = new ProducerPages(web, settings);
  }

  /**
   * Gets months of the producer into a folder. A month that cannot be had does not stop the others.
   *
   * @param replace get what is there already once more
   * @param dryRun say what would be done, after a look at the producer's pages
   * @return one file for each month, in their order; of an open range, of each month that is
   *     published
   * @throws UncheckedIOException if the disk fails
   */
  public List<FetchedFile> months(MonthRange range, Path folder, boolean replace, boolean dryRun) {
    if (!dryRun) {
      makeFolder(folder);
    }
    List<FetchedFile> files = new ArrayList<>();
    boolean hasAsked = false;
    for (YearMonth month : wanted(range)) {
      Path target = folder.resolve(ProducerPages.fileName(month));
      if (hasAsked && !isProven(target, replace)) {
        Attempts.sleep(settings.pause());
      }
      FetchedFile file = month(month, target, replace, dryRun);
      hasAsked |= file.status() == Status.DOWNLOADED;
      progress.done(file);
      files.add(file);
    }
    return files;
  }

  /**
   * Gets the file behind an address into a folder, compressed or not.
   *
   * @throws FetchException if it cannot be had
   */
  public Path address(URI address, Path folder) {
    Path target = folder.resolve(fileName(address));
    Link link =
        new Link() {
          @Override
          public URI address() {
            return address;
          }

          @Override
          public Optional<URI> renewed() {
            return Optional.empty();
          }
        };
    download(link, target, true);
    return target;
  }

  /** Whether an argument of a command is an address rather than a file. */
  public static boolean isAddress(String argument) {
    return argument.matches("(?i)https?://.*");
  }

  /**
   * Reads an address.
   *
   * @throws FetchException if it is none
   */
  public static URI parse(String address) {
    if (!Web.isWebAddress(address)) {
      throw new FetchException(
          "an address must be like https://example.org/A202501.csv.gz, with a host and without a user");
    }
    return URI.create(address);
  }

  /** The name comes from somebody else. */
  private static String fileName(URI address) {
    return ProducerPages.parts(address.toString()).stream()
        .filter(part -> FILE_NAME.matcher(part).matches())
        .findFirst()
        .orElse("download.csv.gz");
  }

  /**
   * The months of a range that are published. What is missing before the last of them is missed.
   */
  private List<YearMonth> wanted(MonthRange range) {
    List<YearMonth> months = range.months(YearMonth.now(clock));
    if (!range.isOpen()) {
      return months;
    }
    YearMonth newest = range.first();
    for (int year = newest.getYear(); year <= YearMonth.now(clock).getYear(); year++) {
      SortedMap<YearMonth, URI> links = pages.links(year);
      newest = links.isEmpty() ? newest : links.lastKey();
    }
    YearMonth last = newest;
    return months.stream().filter(month -> !month.isAfter(last)).toList();
  }

  private FetchedFile month(YearMonth month, Path target, boolean replace, boolean dryRun) {
    try {
      if (!replace && Files.exists(target)) {
        return present(target, dryRun);
      }
      Link link = link(month);
      if (dryRun) {
        return new FetchedFile(target, Status.WOULD_DOWNLOAD, PartialFile.sizeFor(target), null);
      }
      download(link, target, false);
      return new FetchedFile(target, Status.DOWNLOADED, target.toFile().length(), null);
    } catch (FetchException e) {
      return FetchedFile.failed(target, e);
    }
  }

  private static boolean isProven(Path target, boolean replace) {
    return !replace && Files.exists(target) && Files.exists(Wholeness.proof(target));
  }

  /** A file that came here in another way is looked at once. */
  private FetchedFile present(Path target, boolean dryRun) {
    if (!isProven(target, false) && !dryRun) {
      try {
        Wholeness.prove(target, check(target));
      } catch (IOException e) {
        throw new FetchException(
            "%s exists already and is damaged (%s); --replace downloads it again"
                .formatted(target, Web.reason(e)),
            e);
      }
    }
    return new FetchedFile(target, Status.PRESENT, target.toFile().length(), null);
  }

  private Link link(YearMonth month) {
    URI first = pages.link(month);
    return new Link() {
      @Override
      public URI address() {
        return first;
      }

      @Override
      public Optional<URI> renewed() {
        return Optional.of(pages.newLink(month));
      }
    };
  }

  private void download(Link link, Path target, boolean mayBeText) {
    String name = target.getFileName().toString();
    try (PartialFile partial = new PartialFile(target)) {
      String sha256 = "";
      for (int damaged = 0; sha256.isEmpty(); ) {
        new Download(web, settings, progress, name, partial).run(link, mayBeText);
        try {
          sha256 = check(partial.path(), name);
        } catch (IOException e) {
          // Once may be the way here, in an answer that does not tell its length.
          partial.discard();
          if (++damaged == 2) {
            throw new FetchException(
                "%s arrives damaged (%s), twice; try again later, or download it in a browser"
                    .formatted(name, Web.reason(e)),
                e);
          }
          progress.message(name + " has arrived damaged; starting again");
        }
      }
      Files.deleteIfExists(Wholeness.proof(target));
      partial.finish(target);
      Wholeness.prove(target, sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(target + " cannot be written: " + e.getMessage(), e);
    }
  }

  private String check(Path file) throws IOException {
    return check(file, file.getFileName().toString());
  }

  private String check(Path file, String name) throws IOException {
    return Wholeness.check(file, share -> progress.checking(name, share));
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be used", e);
    }
  }
}
