/**
 * The door for agents: the Model Context Protocol at {@code /mcp}, by streamable HTTP without
 * sessions. JSON-RPC messages, the four tools and the resources belong here; nothing else calls it.
 *
 * <p>What tools declare is in {@code tools.json}, with lists and limits from the catalog and the
 * constants of the API ({@code Declarations}). A new dimension or measure needs no change here.
 */
package fr.opendamir.api.mcp;
