package fr.opendamir.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UniqueKeysTest {

  @Test
  void acceptsAKeyOnce() {
    UniqueKeys keys = new UniqueKeys(4);
    assertThat(keys.add(42)).isTrue();
    assertThat(keys.add(42)).isFalse();
    assertThat(keys.add(43)).isTrue();
  }

  @Test
  void agreesWithASetWhenFilledToItsCapacity() {
    UniqueKeys keys = new UniqueKeys(20_000);
    Set<Long> expected = new HashSet<>();
    SplittableRandom random = new SplittableRandom(3);
    while (expected.size() < 20_000) {
      // Few different high bits, so that slots collide.
      long key = (random.nextLong(15_000) << 20) + random.nextLong(1, 4);
      assertThat(keys.add(key)).isEqualTo(expected.add(key));
    }
  }
}
