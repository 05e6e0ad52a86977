/**
 * The commands: {@code serve} (default), {@code import}, {@code reprotect}, {@code generate}. They
 * put the rooms together, talk to the terminal, and hold no logic of their own. Nothing calls them
 * but {@code main}.
 */
package fr.opendamir.cli;
