package dev.hone.connectors.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.transformer.Token;

/**
 * What a critic says of a draft, as JSON: {@code {"kind": "substitute", "position": 2, "text": "...", "trace": [...]}}.
 *
 * @param kind {@code substitute}, {@code rewrite} or {@code no_issue}
 * @param position of the operation to substitute, from 1; 0 for the other kinds
 * @param text the same for a human reader
 * @param trace what the draft made of the visible examples, as the critic was given it
 */
record Critique(String kind, int position, String text, JsonNode trace) {

    static final String SUBSTITUTE = "substitute";
    static final String REWRITE = "rewrite";
    static final String NO_ISSUE = "no_issue";

    static Critique of(int token, Program draft, JsonNode trace) {
        if (token == Token.NO_ISSUE) {
            return new Critique(NO_ISSUE, 0, "The draft needs no change.", trace);
        }
        if (token == Token.REWRITE) {
            return new Critique(REWRITE, 0, "No single operation repairs this draft; write it anew.", trace);
        }
        int index = token - Token.FIRST_POSITION;
        String op = draft.ops().get(index).text();
        String text = "Operation %d, %s, is wrong; the others may stay.".formatted(index + 1, op);
        return new Critique(SUBSTITUTE, index + 1, text, trace);
    }
}
