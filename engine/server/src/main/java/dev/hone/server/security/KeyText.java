package dev.hone.server.security;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key as its owner has it: {@code hone_<id>_<secret>}. */
record KeyText(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("hone_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

    static KeyText random() {
        return new KeyText(Secrets.id(), Secrets.secret());
    }

    KeyText withOtherSecret() {
        return new KeyText(id, Secrets.secret());
    }

    static Optional<KeyText> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), form.group(2))) : Optional.empty();
    }

    /** The whole key, secret and all. */
    String whole() {
        return "hone_" + id + "_" + secret;
    }

    /** For logs, without the secret. */
    @Override
    public String toString() {
        return "hone_" + id + "_***";
    }
}
