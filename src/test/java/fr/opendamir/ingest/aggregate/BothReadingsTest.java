package fr.opendamir.ingest.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.ingest.source.InvalidSourceFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that was changed at random is refused for what it is, or both readings of it agree. That
 * they do not is no message for anybody: it would mean that one of them took what the other did
 * not.
 */
class BothReadingsTest {
  private static final byte[] BYTES =
      "0123456789.;;-_ \n\n\r\t\"',eEaZ\u0000\u0001:/".getBytes(StandardCharsets.US_ASCII);

  private static final int FILES = 250;

  @TempDir Path folder;

  @Test
  void agreeOnWhateverIsNotRefused() throws IOException {
    byte[] lf = text().toString().getBytes(StandardCharsets.US_ASCII);
    byte[] crLf = text().lineEnd("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    Random random = new Random(20260514);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] changed = change(random, i % 3 == 0 ? crLf : lf);
      Path file = Files.write(folder.resolve("A202501.csv"), changed);
      refused += isRefused(file) ? 1 : 0;
    }

    assertThat(refused).isBetween(FILES / 4, FILES - FILES / 20);
  }

  private static RawText text() {
    RawText text = new RawText();
    for (int i = 0; i < 6; i++) {
      text.acts(12 + i, i % 2 == 0 ? "1110" : "3313", "BEN_RES_REG", i < 4 ? "11" : "24");
    }
    return text;
  }

  /** One or two bytes put in, taken out or replaced, mostly behind the header. */
  private static byte[] change(Random random, byte[] bytes) {
    byte[] changed = bytes;
    for (int i = 0; i <= random.nextInt(2); i++) {
      int header = random.nextInt(8) == 0 ? 0 : 640;
      int at = header + random.nextInt(changed.length - header);
      byte value = BYTES[random.nextInt(BYTES.length)];
      int kind = random.nextInt(3);
      byte[] next = Arrays.copyOf(changed, changed.length + (kind == 0 ? 1 : kind == 1 ? -1 : 0));
      if (kind == 0) {
        System.arraycopy(changed, at, next, at + 1, changed.length - at);
      } else if (kind == 1) {
        System.arraycopy(changed, at + 1, next, at, changed.length - at - 1);
      }
      if (kind != 1) {
        next[at] = value;
      }
      changed = next;
    }
    return changed;
  }

  /** Anything but a refusal fails the test: above all that the readings differ. */
  private static boolean isRefused(Path file) throws IOException {
    try {
      var unused = ProtectedMonth.scan(file);
      return false;
    } catch (InvalidSourceFileException e) {
      return true;
    } catch (IllegalStateException e) {
      throw new AssertionError(
          e.getMessage() + " for\n" + Files.readString(file, StandardCharsets.ISO_8859_1), e);
    }
  }
}
