/**
 * Language models behind OpenAI-compatible endpoints, through LangChain4j: the one package that knows it.
 *
 * <p>{@link dev.hone.connectors.chat.ChatProvider} names the endpoints; {@code ChatModel} is one call; {@code Exchange} is
 * the HTTP under it, which can be cancelled and never outlives its timeout; {@code HttpErrors} says what went wrong. Calls
 * are never repeated here: the engine does that, in one place.
 */
@NullMarked
package dev.hone.connectors.chat;

import org.jspecify.annotations.NullMarked;
