package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The codes of new blocks, as {@link AtomKey keys}. A block has the code that all its atoms share,
 * otherwise their shared group, otherwise ND. A block of a revision has only the codes that it was
 * grouped by, because the rules of a revision were checked for exactly these.
 */
public final class BlockCodes {
  /** The number of -1 in the field of the class that stays apart: none. */
  private static final long NONE_APART = 0;

  /**
   * A code, with its group, in a key.
   *
   * @param notDisclosed the number of ND
   */
  private record Code(KeyPlace place, Optional<KeyPlace> group, long notDisclosed) {}

  private final List<Code> codes;
  private final KeyPlace apart;
  private final KeyPlace layer;
  private final KeyPlace service;
  private long high;
  private long low;

  /**
   * Prepares the codes.
   *
   * @param notDisclosed the number of ND in the field of a column
   */
  public BlockCodes(AtomKey key, ToLongFunction<CodeColumn> notDisclosed) {
    this.codes =
        key.columns().stream()
            .map(
                column ->
                    new Code(
                        key.place(column.name()),
                        column.groups().map(Level::id).map(key::place),
                        notDisclosed.applyAsLong(column)))
            .toList();
    this.apart = key.place(AtomKey.APART);
    this.layer = key.place(AtomKey.LAYER);
    this.service = key.place(Dimension.SERVICE.id());
  }

  /**
   * Makes the codes of some atoms.
   *
   * @param common the bits that are set in all their keys
   * @param differing the bits in which their keys differ
   * @param kept in a revision the fields that the recoding kept; empty if each atom is a block
   */
  void share(AtomKey.Mask common, AtomKey.Mask differing, Optional<AtomKey.Mask> kept) {
    AtomKey.Mask givenUp = kept.map(AtomKey.Mask::inverse).orElse(differing);
    high = 0;
    low = 0;
    for (Code code : codes) {
      if (isShared(code.place, givenUp)) {
        copy(code.place, common);
        code.group.ifPresent(group -> copy(group, common));
      } else if (code.group.filter(group -> isShared(group, givenUp)).isPresent()) {
        // The number of a group is the same in both fields.
        KeyPlace group = code.group.orElseThrow();
        put(code.place, group.number(common.high(), common.low()));
        copy(group, common);
      } else {
        giveUp(code);
      }
    }
    if (isShared(apart, differing)) {
      copy(apart, common);
    } else {
      put(apart, NONE_APART);
    }
  }

  /** Makes the codes of a block that has none. */
  void giveUpAll() {
    high = 0;
    low = 0;
    codes.forEach(this::giveUp);
    put(apart, NONE_APART);
  }

  private static boolean isShared(KeyPlace place, AtomKey.Mask differing) {
    return place.number(differing.high(), differing.low()) == 0;
  }

  private void copy(KeyPlace place, AtomKey.Mask from) {
    put(place, place.number(from.high(), from.low()));
  }

  private void giveUp(Code code) {
    put(code.place, code.notDisclosed);
    code.group.ifPresent(group -> put(group, code.notDisclosed));
  }

  private void put(KeyPlace place, long number) {
    high |= place.high(number);
    low |= place.low(number);
  }

  /** The more significant bits of the key, without a layer. */
  long high() {
    return high;
  }

  /** The less significant bits of the key, without a layer. */
  long low() {
    return low;
  }

  /** The more significant bits of the key with a layer. */
  long high(Layer some) {
    return high | layer.high(some.index() + 1L);
  }

  /** The less significant bits of the key with a layer. */
  long low(Layer some) {
    return low | layer.low(some.index() + 1L);
  }

  /** The number of the service of an atom of the first stage, whose lines have one. */
  public int service(long keyHigh, long keyLow) {
    return (int) service.number(keyHigh, keyLow);
  }

  /** The index of the layer of a key; -1 for all amounts. */
  public int layer(long keyHigh, long keyLow) {
    return (int) layer.number(keyHigh, keyLow) - 1;
  }
}
