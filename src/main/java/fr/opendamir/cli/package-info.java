/**
 * The commands: {@code serve} (default), {@code fetch}, {@code import}, {@code reprotect}, {@code
 * generate} and others. They put the rooms together, talk to the terminal, and hold no logic of
 * their own. Nothing calls them but {@code main}.
 */
package fr.opendamir.cli;
