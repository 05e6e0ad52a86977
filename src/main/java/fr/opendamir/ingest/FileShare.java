package fr.opendamir.ingest;

import fr.opendamir.ingest.port.ImportRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that one of several parallel import processes takes. Processes that list the same files
 * in the same order take each file exactly once.
 *
 * @param index of this process, from 0
 * @param count number of processes
 */
public record FileShare(int index, int count) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Six digits that are not part of a longer number, as in {@code A202501.csv.gz}. */
  private static final Pattern MONTH = Pattern.compile("(?<!\\d)(\\d{6})(?!\\d)");

  public FileShare {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          index + "/" + count + " is not a share: the first of three is 0/3, the last 2/3");
    }
  }

  /**
   * Parses {@code INDEX/COUNT}.
   *
   * @throws IllegalArgumentException if the text is invalid; the message describes a valid one
   */
  public static FileShare parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "« " + text + " » is not a share; it is written INDEX/COUNT, such as 0/3");
    }
    return new FileShare(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * Returns the files of this process, in their order.
   *
   * @throws ImportRefusedException if two files are of one month: which of them revises the other
   *     would depend on timing
   */
  List<Path> of(List<Path> files) {
    Map<String, Path> months = new HashMap<>();
    List<Path> own = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      Matcher month = MONTH.matcher(file.getFileName().toString());
      Path other = month.find() ? months.put(month.group(1), file) : null;
      if (other != null) {
        throw new ImportRefusedException(
            other
                + " and "
                + file
                + " are named for the same month; several processes do not import both, as the"
                + " later one would revise the other");
      }
      if (i % count == index) {
        own.add(file);
      }
    }
    return own;
  }
}
