package fr.opendamir.disclosure;

/** Receives the number of a block and an atom in it, by its index in {@link StageAtoms}. */
@FunctionalInterface
public interface BlockMember {
  void accept(long block, int atom);
}
