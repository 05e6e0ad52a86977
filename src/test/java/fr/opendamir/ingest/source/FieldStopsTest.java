package fr.opendamir.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eight bytes at once find what one byte after the other does. */
class FieldStopsTest {
  private static final int LONGEST = 200;
  private static final byte[] BYTES = {
    ';',
    ';',
    ':',
    '<',
    '\n',
    '\n',
    '\r',
    0,
    1,
    0x1f,
    ' ',
    '0',
    '9',
    'Z',
    0x7f,
    (byte) 0x80,
    (byte) 0x8a,
    (byte) 0xbb,
    (byte) 0xff
  };

  @Test
  void findTheSameAsAByteAfterTheOther() {
    Random random = new Random(3);
    FieldStops found = new FieldStops(LONGEST);
    for (int i = 0; i < 20_000; i++) {
      byte[] text = new byte[LONGEST + 8];
      boolean onlyStops = random.nextInt(4) == 0;
      for (int at = 0; at < text.length; at++) {
        boolean harmful = random.nextInt(30) == 0;
        int from = harmful || onlyStops ? 0 : 8;
        int kinds = onlyStops ? 6 : BYTES.length;
        text[at] = BYTES[from + random.nextInt(kinds - from)];
      }
      int length = random.nextInt(LONGEST + 1);

      found.find(text, length);

      assertSame(found, text, length);
    }
  }

  private static void assertSame(FieldStops found, byte[] text, int length) {
    List<Integer> stops = new ArrayList<>(List.of(-1));
    List<Integer> lines = new ArrayList<>();
    int damage = -1;
    for (int at = 0; at < length && damage < 0; at++) {
      if (text[at] == '\n') {
        lines.add(stops.size());
      }
      if (text[at] == ';' || text[at] == '\n') {
        stops.add(at);
      } else if (text[at] >= 0 && text[at] < ' ') {
        boolean beforeLineEnd = at + 1 == length || text[at + 1] == '\n';
        damage = text[at] == '\r' && beforeLineEnd ? -1 : at;
      }
    }
    assertThat(found.damage()).isEqualTo(damage);
    assertThat(found.stopCount()).isEqualTo(stops.size());
    for (int i = 0; i < stops.size(); i++) {
      assertThat(found.stops()[i]).isEqualTo(stops.get(i));
    }
    assertThat(found.lineCount()).isEqualTo(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertThat(found.lineEnd(i)).isEqualTo(lines.get(i));
    }
  }
}
